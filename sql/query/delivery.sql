-- Supervised delivery (DEL-5 to DEL-11).

-- name: delivery_insert exec
-- in:   buyer u64, id u64, number str, state delivery_state, provider u64, order u64, order_number str, resource u64, product u64, product_name str, plan_name str,
--       mode delivery_mode, due_at instant?, alarm_at instant?, now instant
INSERT INTO delivery (buyer_id, id, number, state, version, provider_id, order_id, order_number, resource_id, product_id, product_name, plan_name, mode, step_since, due_at, alarm_at, created_at)
VALUES (:buyer, :id, :number, :state, 1, :provider, :order, :order_number, :resource, :product, :product_name, :plan_name, :mode, :now, :due_at, :alarm_at, :now)

-- name: delivery_lock lock_many
-- in:   number str?, resource u64
-- out:  buyer_id u64, id u64, number str, state delivery_state, hold delivery_hold?, held_at instant?, version u64, provider_id u64, order_id u64, order_number str, resource_id u64,
--       product_id u64, product_name str, requirement_rejections u64, acceptance_rejections u64, step_since instant, due_at instant?, warned u64, material_since instant?
SELECT buyer_id, id, number, state, hold, held_at, version, provider_id, order_id, order_number, resource_id, product_id, product_name,
       requirement_rejections, acceptance_rejections, step_since, due_at, warned, material_since
  FROM delivery WHERE [number? number = :number] [number! resource_id = :resource] FOR UPDATE

-- name: delivery_move exec
-- in:   buyer u64, id u64, version u64, state delivery_state, hold delivery_hold?, held_at instant?, requirement_rejections u64, acceptance_rejections u64, step_since instant,
--       due_at instant?, alarm_at instant?, warned u64, material_since instant?, ended_at instant?
UPDATE delivery SET state = :state, hold = :hold, held_at = :held_at, version = version + 1, requirement_rejections = :requirement_rejections,
       acceptance_rejections = :acceptance_rejections, step_since = :step_since, due_at = :due_at, alarm_at = :alarm_at, warned = :warned,
       material_since = :material_since, ended_at = :ended_at
 WHERE buyer_id = :buyer AND id = :id AND version = :version

-- name: delivery_round_insert exec
-- in:   delivery u64, id u64, event delivery_event, side org_kind?, person u64?, name str, text str
INSERT INTO delivery_round (delivery_id, id, event, side, person, person_name, text) VALUES (:delivery, :id, :event, :side, :person, :name, :text)

-- name: delivery_count bulk
-- in:   org u64, state delivery_state, by i64
INSERT INTO delivery_counter (org_id, state, n) VALUES (:org, :state, :by) ON DUPLICATE KEY UPDATE n = n + VALUES(n)

-- name: delivery_alarm_due many
-- in:   now instant, limit i32
-- out:  id u64, number str
SELECT id, number FROM delivery WHERE alarm_at <= :now ORDER BY alarm_at, id LIMIT :limit

-- name: delivery_alarm_lock lock_many
-- in:   id u64, now instant
-- out:  number str
SELECT number FROM delivery WHERE id = :id AND alarm_at <= :now FOR UPDATE

-- name: delivery_warned exec
-- in:   buyer u64, id u64, warned u64, alarm_at instant?
UPDATE delivery SET warned = :warned, alarm_at = :alarm_at WHERE buyer_id = :buyer AND id = :id

-- name: delivery_counts many
-- in:   org u64
-- out:  state delivery_state, n i64
SELECT state, n FROM delivery_counter WHERE org_id = :org

-- A buyer's or a provider's, newest first; ids sort by time.  like: a part of the product's or the other organisation's name; number: a whole order or delivery number.
-- name: delivery_list many
-- in:   buyer u64?, provider u64?, since u64, before u64, state delivery_state?, mode delivery_mode?, like str?, number str?, limit i32
-- out:  id u64, number str, state delivery_state, hold delivery_hold?, product_name str, plan_name str, order_number str, org_name str, mode delivery_mode, requirement_rejections u64,
--       acceptance_rejections u64, step_since instant, due_at instant?, material_since instant?, created_at instant, ended_at instant?
SELECT d.id, d.number, d.state, d.hold, d.product_name, d.plan_name, d.order_number, o.name AS org_name, d.mode, d.requirement_rejections,
       d.acceptance_rejections, d.step_since, d.due_at, d.material_since, d.created_at, d.ended_at
  FROM delivery d JOIN org o ON o.id = IF(:buyer IS NULL, d.buyer_id, d.provider_id)
 WHERE d.id >= :since AND d.id < :before
 [buyer? AND d.buyer_id = :buyer]
 [provider? AND d.provider_id = :provider]
 [state? AND d.state = :state]
 [mode? AND d.mode = :mode]
 [like? AND (d.product_name LIKE :like OR o.name LIKE :like OR d.order_number = :number OR d.number = :number)]
 ORDER BY d.id DESC LIMIT :limit

-- What a provider has to do, what is due first on top, what is held at the end.
-- name: delivery_queue many
-- in:   provider u64, after instant?, after_id u64, like str?, number str?, limit i32
-- out:  id u64, number str, state delivery_state, hold delivery_hold?, product_name str, plan_name str, order_number str, org_name str, mode delivery_mode, requirement_rejections u64,
--       acceptance_rejections u64, step_since instant, due_at instant?, material_since instant?, created_at instant, ended_at instant?, queued_at instant?
SELECT d.id, d.number, d.state, d.hold, d.product_name, d.plan_name, d.order_number, o.name AS org_name, d.mode, d.requirement_rejections,
       d.acceptance_rejections, d.step_since, d.due_at, d.material_since, d.created_at, d.ended_at, d.provider_due_at AS queued_at
  FROM delivery d JOIN org o ON o.id = d.buyer_id
 WHERE d.provider_id = :provider AND d.provider_due_at IS NOT NULL
 [after? AND d.provider_due_at >= :after AND (d.provider_due_at > :after OR d.id > :after_id)]
 [like? AND (d.product_name LIKE :like OR o.name LIKE :like OR d.order_number = :number OR d.number = :number)]
 ORDER BY d.provider_due_at, d.id LIMIT :limit

-- Of this organisation, as buyer or provider; NULL: of any.
-- name: delivery_show one
-- in:   number str, org u64?
-- out:  id u64, buyer_id u64, provider_id u64, number str, state delivery_state, hold delivery_hold?, version u64, order_number str, resource_id u64, product_name str, plan_name str, slug str,
--       mode delivery_mode, requirement_rejections u64, acceptance_rejections u64, step_since instant, due_at instant?, material_since instant?, created_at instant, ended_at instant?,
--       provider_name str, buyer_name str, support_phone str, support_email str, contact str, creator_name str, memo str
SELECT d.id, d.buyer_id, d.provider_id, d.number, d.state, d.hold, d.version, d.order_number, d.resource_id, d.product_name, d.plan_name, p.slug, d.mode,
       d.requirement_rejections, d.acceptance_rejections, d.step_since, d.due_at, d.material_since, d.created_at, d.ended_at, v.name AS provider_name, b.name AS buyer_name,
       t.support_phone, t.support_email, s.contact, s.creator_name, s.memo
  FROM delivery d
  JOIN org v ON v.id = d.provider_id
  JOIN org b ON b.id = d.buyer_id
  JOIN product p ON p.id = d.product_id
  JOIN product_text t ON t.product_id = d.product_id
  JOIN order_sold s ON s.order_id = d.order_id
 WHERE d.number = :number [org? AND (d.buyer_id = :org OR d.provider_id = :org)]

-- name: delivery_round_list many
-- in:   delivery u64, limit i32
-- out:  id u64, event delivery_event, side org_kind?, person_name str, text str
SELECT id, event, side, person_name, text FROM delivery_round WHERE delivery_id = :delivery ORDER BY id DESC LIMIT :limit
