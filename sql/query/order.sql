-- Orders.  Their lists stand in order_list.sql.

-- One order, for its buyer, for the provider of its product, or for the desk; nobody else finds it (ACC-3).
-- name: order_show one
-- in:   number str, buyer u64?, provider u64?, payer u64?
-- out:  id u64, buyer_id u64, number str, kind order_kind, state order_state, billing_mode billing_mode, product_id u64, product_name str, slug str, plan_id u64, plan_name str,
--       provider_name str, provider_phone str, provider_email str, buyer_name str, unit str, quantity u64, duration u64, duration_unit time_unit?, list_total money, payable money,
--       paid money, created_at instant, deadline_at instant?, paid_at instant?, closed_at instant?, hidden bool, combined str?, base_id u64?, begin_on date?, refunds str?,
--       creator_name str, payer_name str, plan str, price str, options str, tags str, contact str, memo str, product_agreement u64, platform_agreement u64,
--       contract bool, on_sale i64
SELECT o.id, o.buyer_id, o.number, o.kind, o.state, o.billing_mode, o.product_id, o.product_name, p.slug, o.plan_id, o.plan_name,
       o.provider_name, v.phone AS provider_phone, v.email AS provider_email, b.name AS buyer_name, o.unit, o.quantity, o.duration, o.duration_unit, o.list_total, o.payable,
       o.paid, o.created_at, o.deadline_at, o.paid_at, o.closed_at, o.hidden, c.number AS combined, o.base_id, o.begin_on, f.number AS refunds,
       s.creator_name, y.name AS payer_name, s.plan, s.price, s.options, s.tags, s.contact, s.memo, s.product_agreement, s.platform_agreement,
       k.contract, CAST(COALESCE(p.state = 'listed' AND l.on_sale, 0) AS SIGNED) AS on_sale
  FROM orders o
  JOIN order_sold s ON s.order_id = o.id
  JOIN org v ON v.id = o.provider_id
  JOIN org y ON y.id = o.payer_org_id
  JOIN org b ON b.id = o.buyer_id
  JOIN product p ON p.id = o.product_id
  JOIN category_policy k ON k.category_code = o.category_code AND k.version = s.policy_version
  LEFT JOIN plan l ON l.product_id = o.product_id AND l.id = o.plan_id
  LEFT JOIN order_combined c ON c.buyer_id = o.buyer_id AND c.id = o.combined_id
  LEFT JOIN orders f ON f.id = o.refunds_id
 WHERE o.number = :number
 [buyer? AND o.buyer_id = :buyer]
 [provider? AND o.provider_id = :provider]
 [payer? AND o.zone_payer = :payer]

-- What the page needs on which its payment is begun: the channels by the policy under which it was sold (CAT-2).
-- name: order_to_pay one
-- in:   buyer u64, number str
-- out:  number str, kind order_kind, state order_state, product_name str, plan_name str, unit str, quantity u64, duration u64, duration_unit time_unit?,
--       payable money, created_at instant, deadline_at instant?, channels str
SELECT o.number, o.kind, o.state, o.product_name, o.plan_name, o.unit, o.quantity, o.duration, o.duration_unit,
       o.payable, o.created_at, o.deadline_at, y.channels
  FROM orders o
  JOIN order_sold s ON s.order_id = o.id
  JOIN category_policy y ON y.category_code = o.category_code AND y.version = s.policy_version
 WHERE o.number = :number AND o.buyer_id = :buyer

-- Its lines, the resources they became, and its payments are one list of a few rows each.
-- name: order_line_list many
-- in:   order u64
-- out:  line u64, state line_state, quantity u64, main_line u64, bound bool, name str, amount money, host_id u64?, host_name str?,
--       resource_id u64?, resource_name str?, resource_state resource_state?, begin_at instant?, end_at instant?
SELECT l.line, l.state, l.quantity, l.main_line, l.bound, l.name, l.amount, h.id AS host_id, h.name AS host_name,
       r.id AS resource_id, r.name AS resource_name, r.state AS resource_state, r.begin_at, r.end_at
  FROM order_line l
  LEFT JOIN resource r ON r.id = l.resource_id
  LEFT JOIN resource h ON h.id = l.host_id
 WHERE l.order_id = :order
 ORDER BY l.line LIMIT 100

-- name: order_payment_list many
-- in:   order u64
-- out:  number str, channel payment_channel, state payment_state, amount money, created_at instant, paid_at instant?, transaction_id str?
SELECT p.number, p.channel, p.state, x.amount, p.created_at, p.paid_at, p.transaction_id
  FROM payment_order x JOIN payment p ON p.id = x.payment_id
 WHERE x.order_id = :order
 ORDER BY p.id DESC LIMIT 100

-- name: order_insert exec
-- in:   id u64, buyer u64, number str, kind order_kind, state order_state, billing_mode billing_mode, category str, product u64, plan u64, provider u64,
--       product_name str, plan_name str, provider_name str, unit str, quantity u64, duration u64, duration_unit time_unit?, list_total money, payable money,
--       creator u64, payer u64, now instant, deadline_at instant?, combined u64?, coupon u64?, base u64?, begin_on date?, review bool
INSERT INTO orders (id, buyer_id, number, kind, state, billing_mode, category_code, product_id, plan_id, provider_id,
                    product_name, plan_name, provider_name, unit, quantity, duration, duration_unit, list_total, payable,
                    creator_id, payer_org_id, created_at, deadline_at, combined_id, coupon_id, base_id, begin_on, review)
VALUES (:id, :buyer, :number, :kind, :state, :billing_mode, :category, :product, :plan, :provider,
        :product_name, :plan_name, :provider_name, :unit, :quantity, :duration, :duration_unit, :list_total, :payable,
        :creator, :payer, :now, :deadline_at, :combined, :coupon, :base, :begin_on, :review)

-- name: order_sold_insert exec
-- in:   order u64, policy_version u64, product_agreement u64, platform_agreement u64, plan str, price str, contact str, memo str, creator_name str, tags str, options str
INSERT INTO order_sold (order_id, policy_version, product_agreement, platform_agreement, plan, price, contact, memo, creator_name, tags, options)
VALUES (:order, :policy_version, :product_agreement, :platform_agreement, :plan, :price, :contact, :memo, :creator_name, :tags, :options)

-- name: order_line_insert bulk
-- in:   order u64, line u64, state line_state, amount money, resource u64, quantity u64, main_line u64, bound bool, name str, host u64?
INSERT INTO order_line (order_id, line, state, amount, resource_id, quantity, main_line, bound, name, host_id)
VALUES (:order, :line, :state, :amount, :resource, :quantity, :main_line, :bound, :name, :host)

-- name: order_combined_insert exec
-- in:   buyer u64, id u64, number str, orders u64, now instant
INSERT INTO order_combined (buyer_id, id, number, orders, created_at) VALUES (:buyer, :id, :number, :orders, :now)

-- One trial of a product for an organisation.
-- name: trial_take exec
-- in:   buyer u64, product u64, order u64, now instant
INSERT IGNORE INTO trial_taken (buyer_id, product_id, order_id, taken_at) VALUES (:buyer, :product, :order, :now)

-- name: trial_give_back exec
-- in:   buyer u64, product u64, order u64
DELETE FROM trial_taken WHERE buyer_id = :buyer AND product_id = :product AND order_id = :order

-- The order that refunds an amount of another one: the same goods, a copy of what was agreed.
-- name: order_unsubscribe_insert exec
-- in:   id u64, number str, state order_state, amount money, now instant, buyer u64, order u64
INSERT INTO orders (id, buyer_id, number, kind, state, billing_mode, category_code, product_id, plan_id, provider_id,
                    product_name, plan_name, provider_name, unit, quantity, duration, duration_unit, list_total, payable,
                    creator_id, payer_org_id, created_at, refunds_id)
SELECT :id, buyer_id, :number, 'unsubscribe', :state, billing_mode, category_code, product_id, plan_id, provider_id,
       product_name, plan_name, provider_name, unit, quantity, duration, duration_unit, :amount, :amount,
       creator_id, payer_org_id, :now, id
  FROM orders WHERE buyer_id = :buyer AND id = :order

-- name: order_unsubscribe_sold_insert exec
-- in:   id u64, order u64
INSERT INTO order_sold (order_id, policy_version, product_agreement, platform_agreement, plan, price, contact, memo, creator_name)
SELECT :id, policy_version, product_agreement, platform_agreement, plan, '[]', contact, memo, creator_name
  FROM order_sold WHERE order_id = :order

-- The orders that refund what this one brought (ORD-18).
-- name: order_refund_list many
-- in:   order u64
-- out:  number str, state order_state, amount money, created_at instant, closed_at instant?, origin i64, channel payment_channel?, refund_state refund_state?, refund_number str?
SELECT o.number, o.state, o.payable AS amount, o.created_at, o.closed_at, COALESCE(x.amount, 0) AS origin, r.channel, r.state AS refund_state, r.number AS refund_number
  FROM orders o LEFT JOIN refund_order x ON x.order_id = o.id LEFT JOIN refund r ON r.id = x.refund_id
 WHERE o.refunds_id = :order ORDER BY o.id LIMIT 100

-- name: order_lock lock_one
-- in:   buyer u64, number str
-- out:  id u64, buyer_id u64, number str, kind order_kind, state order_state, billing_mode billing_mode, product_id u64, plan_id u64, provider_id u64, quantity u64, payable money, paid money,
--       deadline_at instant?, combined_id u64?, coupon_id u64?, review bool
SELECT id, buyer_id, number, kind, state, billing_mode, product_id, plan_id, provider_id, quantity, payable, paid, deadline_at, combined_id, coupon_id, review
  FROM orders WHERE number = :number AND buyer_id = :buyer FOR UPDATE

-- name: order_lock_id lock_one
-- in:   buyer u64, id u64
-- out:  id u64, buyer_id u64, number str, kind order_kind, state order_state, billing_mode billing_mode, product_id u64, plan_id u64, provider_id u64, quantity u64, payable money, paid money,
--       deadline_at instant?, combined_id u64?, coupon_id u64?, review bool
SELECT id, buyer_id, number, kind, state, billing_mode, product_id, plan_id, provider_id, quantity, payable, paid, deadline_at, combined_id, coupon_id, review
  FROM orders WHERE buyer_id = :buyer AND id = :id FOR UPDATE

-- name: order_find one
-- in:   number str, buyer u64?
-- out:  id u64, buyer_id u64, combined_id u64?
SELECT id, buyer_id, combined_id FROM orders WHERE number = :number [buyer? AND buyer_id = :buyer]

-- An order, or all of its combined order.
-- name: order_lock_group lock_many
-- in:   buyer u64, id u64, combined u64?
-- out:  id u64, buyer_id u64, number str, kind order_kind, state order_state, billing_mode billing_mode, product_id u64, plan_id u64, provider_id u64, quantity u64, payable money, paid money,
--       deadline_at instant?, combined_id u64?, coupon_id u64?, review bool
SELECT id, buyer_id, number, kind, state, billing_mode, product_id, plan_id, provider_id, quantity, payable, paid, deadline_at, combined_id, coupon_id, review
  FROM orders
 WHERE [combined! buyer_id = :buyer AND id = :id] [combined? combined_id = :combined]
 ORDER BY id FOR UPDATE

-- The only statement that changes an order's state; one row, or somebody was faster.
-- name: order_move exec
-- in:   buyer u64, id u64, from_state order_state, to_state order_state, paid money, deadline_at instant?, paid_at instant?, closed_at instant?
UPDATE orders SET state = :to_state, paid = :paid, deadline_at = :deadline_at, paid_at = COALESCE(paid_at, :paid_at), closed_at = :closed_at
 WHERE buyer_id = :buyer AND id = :id AND state = :from_state

-- name: order_line_move exec
-- in:   order u64, line u64, state line_state
UPDATE order_line SET state = :state WHERE order_id = :order AND line = :line AND state = 'waiting'

-- How far the lines of an order are.
-- name: order_line_count lock_one
-- in:   order u64
-- out:  waiting i64, failed i64, lines i64
SELECT CAST(COALESCE(SUM(state = 'waiting'), 0) AS SIGNED) AS waiting, CAST(COALESCE(SUM(state = 'failed'), 0) AS SIGNED) AS failed, COUNT(*) AS `lines`
  FROM order_line WHERE order_id = :order

-- Whose deadline is over (ORD-6).
-- name: order_due many
-- in:   now instant, limit i32
-- out:  number str
SELECT number FROM orders WHERE state IN ('to_confirm', 'in_review', 'to_pay') AND deadline_at < :now ORDER BY deadline_at LIMIT :limit

-- What becomes of an order that was paid: a row for each line, with everything its resource copies from it.
-- name: order_delivery lock_many
-- in:   order u64
-- out:  line u64, main_line u64, bound bool, name str, host_id u64?, resource_id u64, number str, buyer_id u64, product_id u64, plan_id u64, provider_id u64,
--       product_name str, plan_name str, quantity u64, unit str, delivery delivery_mode, trial bool, tags str, options str, host_state resource_state?,
--       supervised supervision, requirement bool
SELECT l.line, l.main_line, l.bound, l.name, l.host_id, l.resource_id, o.number, o.buyer_id, o.product_id, o.plan_id, o.provider_id,
       o.product_name, o.plan_name, l.quantity, o.unit, p.delivery, n.trial, s.tags, s.options, (SELECT h.state FROM resource h WHERE h.id = l.host_id) AS host_state,
       y.supervised, y.requirement_form AND NOT p.no_requirement AS requirement
  FROM orders o
  JOIN order_line l ON l.order_id = o.id
  JOIN order_sold s ON s.order_id = o.id
  JOIN category_policy y ON y.category_code = o.category_code AND y.version = s.policy_version
  JOIN product p ON p.id = o.product_id
  JOIN plan n ON n.id = o.plan_id
 WHERE o.id = :order
 ORDER BY l.line LIMIT 100

-- name: org_counter_move exec
-- in:   org u64, to_confirm i64, in_review i64, to_pay i64, processing i64, refunding i64, completed i64, cancelled i64, resources i64
UPDATE org_counter
   SET to_confirm = to_confirm + :to_confirm, in_review = in_review + :in_review, to_pay = to_pay + :to_pay, processing = processing + :processing,
       refunding = refunding + :refunding, completed = completed + :completed, cancelled = cancelled + :cancelled, resources = resources + :resources
 WHERE org_id = :org
