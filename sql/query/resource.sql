-- Purchased products and services.

-- name: resource_insert bulk
-- in:   id u64, buyer u64, delivery delivery_mode, order u64, order_number str, order_line u64, product u64, plan u64, provider u64, name str, product_name str, plan_name str,
--       quantity u64, unit str, now instant, main u64?, host u64?, trial bool, options str
INSERT INTO resource (id, buyer_id, state, delivery, order_id, order_number, order_line, product_id, plan_id, provider_id, name, product_name, plan_name, quantity, unit,
                      created_at, main_id, host_id, trial, options)
VALUES (:id, :buyer, 'provisioning', :delivery, :order, :order_number, :order_line, :product, :plan, :provider, :name, :product_name, :plan_name, :quantity, :unit,
        :now, :main, :host, :trial, :options)

-- name: resource_tag_insert bulk
-- in:   buyer u64, resource u64, tag str, value str
INSERT INTO resource_tag (buyer_id, resource_id, tag, value) VALUES (:buyer, :resource, :tag, :value)

-- A server that an image is to run on (CAT-6), not one of its parts; how many it carries already.
-- name: resource_host lock_one
-- in:   buyer u64, id u64
-- out:  state resource_state, server bool, images i64
SELECT r.state, r.delivery <> 'none' AND EXISTS (SELECT 1 FROM plan l WHERE l.id = r.plan_id AND l.server = 1) AS server,
       CAST(COALESCE((SELECT COUNT(*) FROM resource i WHERE i.host_id = r.id AND i.state IN ('provisioning', 'in_use', 'expired')) +
            (SELECT COUNT(*) FROM order_line l JOIN orders o ON o.id = l.order_id
              WHERE l.host_id = r.id AND o.state IN ('to_confirm', 'in_review', 'to_pay')), 0) AS SIGNED) AS images
  FROM resource r WHERE r.buyer_id = :buyer AND r.id = :id FOR UPDATE

-- A buyer's servers that run, newest first, and whether they carry an image.
-- name: host_list many
-- in:   buyer u64, like str?, ref u64, limit i32
-- out:  id u64, name str, product_name str, plan_name str, end_at instant?, taken bool
SELECT r.id, r.name, r.product_name, r.plan_name, r.end_at,
       EXISTS (SELECT 1 FROM resource i WHERE i.host_id = r.id AND i.state IN ('provisioning', 'in_use', 'expired')) OR
       EXISTS (SELECT 1 FROM order_line x JOIN orders o ON o.id = x.order_id WHERE x.host_id = r.id AND o.state IN ('to_confirm', 'in_review', 'to_pay')) AS taken
  FROM resource r JOIN plan l ON l.id = r.plan_id AND l.server = 1
 WHERE r.buyer_id = :buyer AND r.state = 'in_use' AND r.delivery <> 'none'
 [like? AND (r.name LIKE :like OR r.id = :ref)]
 ORDER BY r.id DESC LIMIT :limit

-- A resource that an order is about, and how many such orders are open.
-- name: resource_base lock_one
-- in:   buyer u64, id u64
-- out:  state resource_state, product_id u64, plan_id u64, name str, delivery delivery_mode, trial bool, busy i64
SELECT r.state, r.product_id, r.plan_id, r.name, r.delivery, r.trial,
       CAST(COALESCE((SELECT COUNT(*) FROM orders o WHERE o.base_id = r.id AND o.state IN ('to_confirm', 'in_review', 'to_pay', 'processing')), 0) AS SIGNED) AS busy
  FROM resource r WHERE r.buyer_id = :buyer AND r.id = :id FOR UPDATE

-- The parts of a main line that go with it, and the images that wait for a server.
-- name: resource_part_list lock_many
-- in:   order u64, main_line u64
-- out:  id u64, buyer_id u64, order_id u64, order_line u64, state resource_state, line_amount money
SELECT r.id, r.buyer_id, r.order_id, r.order_line, r.state, l.amount AS line_amount
  FROM order_line l JOIN resource r ON r.id = l.resource_id
 WHERE l.order_id = :order AND l.main_line = :main_line
 ORDER BY l.line LIMIT 20 FOR UPDATE

-- name: resource_guest_list lock_many
-- in:   host u64
-- out:  id u64, delivery delivery_mode
SELECT id, delivery FROM resource WHERE host_id = :host AND state = 'provisioning' ORDER BY id LIMIT 20 FOR UPDATE

-- Bound parts end with what they belong to (CAT-8).
-- name: resource_bound_list lock_many
-- in:   main u64
-- out:  id u64, buyer_id u64, order_id u64, order_line u64, state resource_state, end_at instant?
SELECT id, buyer_id, order_id, order_line, state, end_at FROM resource WHERE main_id = :main ORDER BY id LIMIT 20 FOR UPDATE

-- What an order changed about its resource: the plan, how much of it, no trial any more (CAT-5).
-- name: resource_convert exec
-- in:   buyer u64, id u64, order u64
UPDATE resource r JOIN orders o ON o.id = :order JOIN order_sold s ON s.order_id = o.id
   SET r.plan_id = o.plan_id, r.plan_name = o.plan_name, r.quantity = o.quantity, r.unit = o.unit, r.options = s.options, r.trial = 0
 WHERE r.buyer_id = :buyer AND r.id = :id

-- The order that is being carried out on a resource.
-- name: resource_change one
-- in:   id u64
-- out:  order_id u64, order_number str, plan_name str, duration u64, duration_unit time_unit?, period_end period_end
SELECT o.id AS order_id, o.number AS order_number, o.plan_name, o.duration, o.duration_unit, y.period_end
  FROM orders o
  JOIN order_sold s ON s.order_id = o.id
  JOIN category_policy y ON y.category_code = o.category_code AND y.version = s.policy_version
 WHERE o.base_id = :id AND o.state = 'processing'
 ORDER BY o.id LIMIT 1

-- name: resource_field_clear exec
-- in:   resource u64
DELETE FROM resource_field WHERE resource_id = :resource

-- A buyer's products; bound parts stand on the page of what they belong to.  like: a part of a name or of a tag "key=value", with ref and number
-- the same text as a whole id and a whole order number.
-- name: resource_list many
-- in:   buyer u64, before u64, state resource_state?, delivery delivery_mode?, like str?, ref u64, number str?, created_from instant?, created_to instant?,
--       ends_from instant?, ends_to instant?, limit i32
-- out:  id u64, state resource_state, delivery delivery_mode, name str, product_name str, plan_name str, quantity u64, unit str, order_number str,
--       created_at instant, begin_at instant?, end_at instant?, trial bool, convertible bool, open_order str?, refunding str?, tags str?, requires str?
SELECT r.id, r.state, r.delivery, r.name, r.product_name, r.plan_name, r.quantity, r.unit, r.order_number, r.created_at, r.begin_at, r.end_at, r.trial,
       r.trial AND EXISTS (SELECT 1 FROM product p JOIN plan l ON l.product_id = p.id AND l.on_sale = 1 AND l.trial = 0 AND l.billing_mode NOT IN ('free', 'pay_per_use')
                            WHERE p.id = r.product_id AND p.state = 'listed') AS convertible,
       (SELECT MAX(o.number) FROM orders o WHERE o.base_id = r.id AND o.state IN ('to_confirm', 'in_review', 'to_pay', 'processing')) AS open_order,
       (SELECT MAX(u.number) FROM order_line l JOIN orders u ON u.id = l.order_id AND u.refunds_id = r.order_id AND u.state = 'refunding' WHERE l.resource_id = r.id) AS refunding,
       (SELECT GROUP_CONCAT(t.tag, '=', t.value ORDER BY t.tag SEPARATOR '\n') FROM resource_tag t WHERE t.resource_id = r.id) AS tags,
       (SELECT d.number FROM delivery d WHERE d.resource_id = r.id AND d.state = 'awaiting_requirement' AND d.hold IS NULL) AS requires
  FROM resource r
 WHERE r.buyer_id = :buyer AND r.id < :before AND r.main_id IS NULL
 [state? AND r.state = :state]
 [delivery? AND r.delivery = :delivery]
 [like? AND (r.name LIKE :like OR r.product_name LIKE :like OR r.id = :ref OR r.order_number = :number OR r.id IN
    (SELECT t.resource_id FROM resource_tag t WHERE t.buyer_id = :buyer AND CONCAT(t.tag, '=', t.value) COLLATE utf8mb4_general_ci LIKE :like))]
 [created_from? AND r.created_at >= :created_from AND r.created_at < :created_to]
 [ends_from? AND r.end_at >= :ends_from]
 [ends_to? AND r.end_at < :ends_to AND r.state IN ('in_use', 'expired')]
 ORDER BY r.id DESC LIMIT :limit

-- name: resource_show one
-- in:   buyer u64, id u64
-- out:  id u64, state resource_state, delivery delivery_mode, name str, product_id u64, product_name str, slug str, plan_id u64, plan_name str, quantity u64, unit str,
--       order_number str, sign_id str?, created_at instant, begin_at instant?, end_at instant?, provider_name str, support_phone str, support_email str,
--       host_id u64?, main_id u64?, trial bool, convertible bool, open_order str?, options str, tags str?, secret bool, delivery_number str?, refunding str?,
--       grace_days i64, api bool, requires str?
SELECT r.id, r.state, r.delivery, r.name, r.product_id, r.product_name, p.slug, r.plan_id, r.plan_name, r.quantity, r.unit, r.order_number, r.sign_id,
       r.created_at, r.begin_at, r.end_at, o.name AS provider_name, t.support_phone, t.support_email, r.host_id, r.main_id, r.trial,
       r.trial AND p.state = 'listed' AND EXISTS (SELECT 1 FROM plan l WHERE l.product_id = p.id AND l.on_sale = 1 AND l.trial = 0
                                            AND l.billing_mode NOT IN ('free', 'pay_per_use')) AS convertible,
       (SELECT MAX(x.number) FROM orders x WHERE x.base_id = r.id AND x.state IN ('to_confirm', 'in_review', 'to_pay', 'processing')) AS open_order,
       r.options, (SELECT GROUP_CONCAT(g.tag, '=', g.value ORDER BY g.tag SEPARATOR '\n') FROM resource_tag g WHERE g.resource_id = r.id) AS tags,
       p.webhook_secret IS NOT NULL AS secret, (SELECT d.number FROM delivery d WHERE d.resource_id = r.id) AS delivery_number,
       (SELECT MAX(u.number) FROM order_line l JOIN orders u ON u.id = l.order_id AND u.refunds_id = r.order_id AND u.state = 'refunding' WHERE l.resource_id = r.id) AS refunding,
       CAST(COALESCE((SELECT y.grace_days FROM orders g JOIN order_sold s ON s.order_id = g.id
          JOIN category_policy y ON y.category_code = g.category_code AND y.version = s.policy_version WHERE g.id = r.order_id), 0) AS SIGNED) AS grace_days,
       EXISTS (SELECT 1 FROM api_quota q WHERE q.resource_id = r.id) AS api,
       (SELECT d.number FROM delivery d WHERE d.resource_id = r.id AND d.state = 'awaiting_requirement' AND d.hold IS NULL) AS requires
  FROM resource r
  JOIN org o ON o.id = r.provider_id
  JOIN product p ON p.id = r.product_id
  JOIN product_text t ON t.product_id = r.product_id
 WHERE r.buyer_id = :buyer AND r.id = :id

-- The orders about a resource, the latest first.
-- name: resource_orders many
-- in:   buyer u64, id u64
-- out:  number str, kind order_kind, state order_state, payable money, created_at instant
SELECT o.number, o.kind, o.state, o.payable, o.created_at
  FROM order_line l JOIN orders o ON o.id = l.order_id AND o.buyer_id = :buyer
 WHERE l.resource_id = :id
 ORDER BY o.id DESC LIMIT 20

-- What a checkout says of a resource that it is about.
-- name: resource_brief one
-- in:   buyer u64, id u64
-- out:  name str, product_id u64, product_name str, plan_name str, slug str, state resource_state, trial bool, open_order str?
SELECT r.name, r.product_id, r.product_name, r.plan_name, p.slug, r.state, r.trial,
       (SELECT MAX(x.number) FROM orders x WHERE x.base_id = r.id AND x.state IN ('to_confirm', 'in_review', 'to_pay', 'processing')) AS open_order
  FROM resource r JOIN product p ON p.id = r.product_id
 WHERE r.buyer_id = :buyer AND r.id = :id

-- What stands beside a resource: its bound parts and what they belong to, a server and its images (CAT-6, CAT-8).
-- name: resource_beside many
-- in:   buyer u64, id u64, main u64, host u64
-- out:  id u64, name str, product_name str, state resource_state, end_at instant?, main_id u64?, host_id u64?
SELECT r.id, r.name, r.product_name, r.state, r.end_at, r.main_id, r.host_id
  FROM resource r
 WHERE r.buyer_id = :buyer AND (r.main_id = :id OR r.host_id = :id OR r.id = :main OR r.id = :host)
 ORDER BY r.id LIMIT 50

-- name: resource_name_lock lock_one
-- in:   buyer u64, id u64
-- out:  name str, tags str?
SELECT r.name, (SELECT GROUP_CONCAT(t.tag, '=', t.value ORDER BY t.tag SEPARATOR '\n') FROM resource_tag t WHERE t.resource_id = r.id) AS tags
  FROM resource r WHERE r.buyer_id = :buyer AND r.id = :id FOR UPDATE

-- name: resource_name_set exec
-- in:   buyer u64, id u64, name str
UPDATE resource SET name = :name WHERE buyer_id = :buyer AND id = :id

-- name: resource_tag_clear exec
-- in:   buyer u64, resource u64
DELETE FROM resource_tag WHERE resource_id = :resource AND buyer_id = :buyer

-- name: resource_field_list many
-- in:   resource u64
-- out:  position u64, name str, value str?, sealed bytes?
SELECT position, name, value, sealed FROM resource_field WHERE resource_id = :resource ORDER BY position LIMIT 40

-- name: resource_field_insert bulk
-- in:   resource u64, position u64, name str, value str?, sealed bytes?
INSERT INTO resource_field (resource_id, position, name, value, sealed) VALUES (:resource, :position, :name, :value, :sealed)

-- One sealed field of the buyer's own resource.
-- name: resource_field_sealed one
-- in:   buyer u64, id u64, position u64
-- out:  sealed bytes
SELECT COALESCE(f.sealed, '') AS sealed FROM resource r JOIN resource_field f ON f.resource_id = r.id AND f.position = :position AND f.sealed IS NOT NULL
 WHERE r.buyer_id = :buyer AND r.id = :id

-- Where it is entered without signing in there (DEL-3).
-- name: resource_entry one
-- in:   buyer u64, id u64
-- out:  state resource_state, sign_id str?, order_number str, product_id u64, address str, webhook_secret bytes?, old_secret bytes?, old_secret_until instant?
SELECT r.state, r.sign_id, r.order_number, r.product_id, COALESCE(f.value, '') AS address, p.webhook_secret, p.old_secret, p.old_secret_until
  FROM resource r
  JOIN resource_field f ON f.resource_id = r.id AND f.name = 'auth_url' AND f.value IS NOT NULL
  JOIN product p ON p.id = r.product_id
 WHERE r.buyer_id = :buyer AND r.id = :id
 ORDER BY f.position LIMIT 1

-- The resource and the line it belongs to.
-- name: resource_lock lock_one
-- in:   id u64
-- out:  buyer_id u64, state resource_state, order_id u64, order_line u64, provider_id u64, line_amount money
SELECT r.buyer_id, r.state, r.order_id, r.order_line, r.provider_id, l.amount AS line_amount
  FROM resource r JOIN order_line l ON l.order_id = r.order_id AND l.line = r.order_line
 WHERE r.id = :id FOR UPDATE

-- What people deliver.
-- name: resource_hand lock_one
-- in:   id u64
-- out:  buyer_id u64, state resource_state, delivery delivery_mode, order_id u64, order_line u64, paid_at instant?
SELECT r.buyer_id, r.state, r.delivery, r.order_id, r.order_line, (SELECT o.paid_at FROM orders o WHERE o.id = r.order_id) AS paid_at
  FROM resource r WHERE r.id = :id FOR UPDATE

-- name: resource_move exec
-- in:   buyer u64, id u64, from_state resource_state, to_state resource_state, sign_id str?, anchor_day u64?, begin_at instant?, end_at instant?
UPDATE resource SET state = :to_state, sign_id = COALESCE(:sign_id, sign_id), anchor_day = COALESCE(:anchor_day, anchor_day),
       begin_at = COALESCE(:begin_at, begin_at), end_at = COALESCE(:end_at, end_at)
 WHERE buyer_id = :buyer AND id = :id AND state = :from_state

-- What a provider's system is told when it is to create an instance (PRV-2).
-- name: resource_provision one
-- in:   id u64
-- out:  buyer_id u64, state resource_state, order_id u64, order_number str, order_line u64, product_id u64, provider_id u64, product_name str, plan_name str, quantity u64, sign_id str?,
--       duration u64, duration_unit time_unit?, trial bool, dialect dialect?, webhook_url str, webhook_secret bytes?, old_secret bytes?, old_secret_until instant?, period_end period_end, creator_id u64,
--       begin_on date?, end_at instant?, api bool
SELECT r.buyer_id, r.state, r.order_id, r.order_number, r.order_line, r.product_id, r.provider_id, r.product_name, r.plan_name, r.quantity, r.sign_id,
       o.duration, o.duration_unit, l.trial, p.dialect, p.webhook_url, p.webhook_secret, p.old_secret, p.old_secret_until, y.period_end,
       o.creator_id, o.begin_on, r.end_at,
       r.main_id IS NULL AND p.category_code = 'api' AND l.package_units > 0 AS api
  FROM resource r
  JOIN orders o ON o.id = r.order_id
  JOIN order_sold s ON s.order_id = r.order_id
  JOIN category_policy y ON y.category_code = o.category_code AND y.version = s.policy_version
  JOIN plan l ON l.id = r.plan_id
  JOIN product p ON p.id = r.product_id
 WHERE r.id = :id

-- Periods that are over, and grace periods that are over (SUB-2).
-- name: resource_due many
-- in:   now instant, limit i32
-- out:  id u64
SELECT id FROM resource WHERE state = 'in_use' AND end_at < :now ORDER BY end_at LIMIT :limit

-- Not what is kept: by the police, by an order or a refund that works on it (ACC-15, SUB-14); else the kept ones would stand before the others.
-- name: resource_grace_due many
-- in:   now instant, limit i32
-- out:  id u64
SELECT r.id
  FROM resource r
  JOIN orders o ON o.id = r.order_id
  JOIN order_sold s ON s.order_id = r.order_id
  JOIN category_policy y ON y.category_code = o.category_code AND y.version = s.policy_version
  JOIN org g ON g.id = r.buyer_id
 WHERE r.state = 'expired' AND r.end_at < :now AND r.end_at + INTERVAL y.grace_days DAY < :now AND (g.freeze_kind IS NULL OR g.freeze_kind <> 'police')
   AND NOT EXISTS (SELECT 1 FROM orders b WHERE b.base_id = r.id AND b.state = 'processing')
   AND NOT EXISTS (SELECT 1 FROM order_line l JOIN orders u ON u.id = l.order_id AND u.refunds_id = r.order_id AND u.state = 'refunding' WHERE l.resource_id = r.id)
 ORDER BY r.end_at LIMIT :limit

-- name: resource_term lock_one
-- in:   id u64
-- out:  buyer_id u64, state resource_state, delivery delivery_mode, order_id u64, order_line u64, name str, end_at instant?, grace_days i64, freeze freeze_kind?,
--       ordered bool, refunding bool
SELECT r.buyer_id, r.state, r.delivery, r.order_id, r.order_line, r.name, r.end_at,
       CAST(COALESCE((SELECT y.grace_days FROM orders o JOIN order_sold s ON s.order_id = o.id
          JOIN category_policy y ON y.category_code = o.category_code AND y.version = s.policy_version WHERE o.id = r.order_id), 0) AS SIGNED) AS grace_days,
       (SELECT g.freeze_kind FROM org g WHERE g.id = r.buyer_id) AS freeze,
       EXISTS (SELECT 1 FROM orders b WHERE b.base_id = r.id AND b.state = 'processing') AS ordered,
       EXISTS (SELECT 1 FROM order_line l JOIN orders u ON u.id = l.order_id AND u.refunds_id = r.order_id AND u.state = 'refunding' WHERE l.resource_id = r.id) AS refunding
  FROM resource r WHERE r.id = :id FOR UPDATE
