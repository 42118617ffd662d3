-- Lists of orders, the newest first.  Ids sort by time, so a range of time and the place on a page are ranges of ids.  Each filter alone is a range of an
-- index in this order (0011_order_list.sql): whatever the page, it costs the same (ORD-17).  The indexes are named, as the optimizer would rather read from
-- the newest order on, or past everything that is hidden.

-- The buyer's, without what they have hidden (ORD-7).
-- name: order_list many
-- in:   buyer u64, hidden bool, from_id u64, to_id u64, state order_state?, kind order_kind?, category str?, term payment_term?, plan u64?, creator u64?, limit i32
-- out:  id u64, number str, kind order_kind, state order_state, product_name str, plan_name str, provider_name str, unit str, quantity u64,
--       duration u64, duration_unit time_unit?, list_total money, payable money, paid money, created_at instant, deadline_at instant?, paid_at instant?,
--       combined str?, creator_name str, refunding i64
SELECT o.id, o.number, o.kind, o.state, o.product_name, o.plan_name, o.provider_name, o.unit, o.quantity,
       o.duration, o.duration_unit, o.list_total, o.payable, o.paid, o.created_at, o.deadline_at, o.paid_at,
       c.number AS combined, s.creator_name,
       CAST(EXISTS(SELECT 1 FROM orders f WHERE f.refunds_id = o.id AND f.state IN ('in_review', 'refunding')) AS SIGNED) AS refunding
  FROM orders o FORCE INDEX (shown, states, kinds, categories, terms, plans, creators)
  JOIN order_sold s ON s.order_id = o.id
  LEFT JOIN order_combined c ON c.buyer_id = o.buyer_id AND c.id = o.combined_id
 WHERE o.buyer_id = :buyer AND o.hidden = :hidden AND o.id >= :from_id AND o.id < :to_id
 [state? AND o.state = :state]
 [kind? AND o.kind = :kind]
 [category? AND o.category_code = :category]
 [term? AND o.term = :term]
 [plan? AND o.plan_id = :plan]
 [creator? AND o.creator_id = :creator]
 ORDER BY o.id DESC LIMIT :limit

-- The plans that a buyer has ordered under such a name, the newest plans first: a few rows for each, however many orders.
-- name: order_list_plans many
-- in:   buyer u64, like str, limit i32
-- out:  plan_id u64
SELECT DISTINCT plan_id FROM ordered_plan
 WHERE buyer_id = :buyer AND (product_name LIKE :like OR plan_name LIKE :like)
 ORDER BY plan_id DESC LIMIT :limit

-- name: ordered_plan_put exec
-- in:   buyer u64, plan u64, product_name str, plan_name str
INSERT IGNORE INTO ordered_plan (buyer_id, plan_id, product_name, plan_name) VALUES (:buyer, :plan, :product_name, :plan_name)

-- The orders that brought resources of such a name.
-- name: order_list_named many
-- in:   buyer u64, like str, limit i32
-- out:  id u64
SELECT DISTINCT r.order_id AS id FROM resource r FORCE INDEX (named) WHERE r.buyer_id = :buyer AND r.name LIKE :like LIMIT :limit

-- The orders with this number, or about this resource: that brought it, renewed or changed it, gave it back.
-- name: order_list_about many
-- in:   buyer u64, number str, resource u64, limit i32
-- out:  id u64
SELECT o.id FROM orders o WHERE o.number = :number AND o.buyer_id = :buyer
 UNION
SELECT o.id FROM order_line l JOIN orders o ON o.id = l.order_id WHERE l.resource_id = :resource AND o.buyer_id = :buyer
 UNION
SELECT o.id FROM orders o WHERE o.base_id = :resource AND o.buyer_id = :buyer
 ORDER BY id DESC LIMIT :limit

-- The oldest of them: whether a range of time leaves any out.
-- name: order_list_oldest many
-- in:   buyer u64, state order_state?
-- out:  id u64
SELECT o.id FROM orders o FORCE INDEX (shown, states)
 WHERE o.buyer_id = :buyer AND o.hidden = 0
 [state? AND o.state = :state]
 ORDER BY o.id LIMIT 1

-- Chosen ones by number; together: with the rest of the combined orders that they belong to (ORD-5).
-- name: order_list_chosen many
-- scan: the list of numbers is given
-- in:   buyer u64, numbers str, together bool
-- out:  id u64, number str, kind order_kind, state order_state, product_name str, plan_name str, provider_name str, unit str, quantity u64,
--       duration u64, duration_unit time_unit?, list_total money, payable money, paid money, created_at instant, deadline_at instant?, paid_at instant?,
--       combined str?, creator_name str, refunding i64, hidden bool
SELECT o.id, o.number, o.kind, o.state, o.product_name, o.plan_name, o.provider_name, o.unit, o.quantity,
       o.duration, o.duration_unit, o.list_total, o.payable, o.paid, o.created_at, o.deadline_at, o.paid_at,
       c.number AS combined, s.creator_name,
       CAST(EXISTS(SELECT 1 FROM orders f WHERE f.refunds_id = o.id AND f.state IN ('in_review', 'refunding')) AS SIGNED) AS refunding, o.hidden
  FROM (SELECT n.number FROM JSON_TABLE(:numbers, '$[*]' COLUMNS (number VARCHAR(20) CHARACTER SET ascii PATH '$')) n
        [together? UNION SELECT m.number
           FROM JSON_TABLE(:numbers, '$[*]' COLUMNS (number VARCHAR(20) CHARACTER SET ascii PATH '$')) t
           JOIN orders a ON a.number = t.number JOIN orders m ON m.combined_id = a.combined_id]) x
  JOIN orders o ON o.number = x.number
  JOIN order_sold s ON s.order_id = o.id
  LEFT JOIN order_combined c ON c.buyer_id = o.buyer_id AND c.id = o.combined_id
 WHERE o.buyer_id = :buyer
 ORDER BY o.id DESC LIMIT 1000

-- Those of one combined order, hidden or not.
-- name: order_list_combined many
-- in:   buyer u64, combined u64
-- out:  id u64, number str, kind order_kind, state order_state, product_name str, plan_name str, provider_name str, unit str, quantity u64,
--       duration u64, duration_unit time_unit?, list_total money, payable money, paid money, created_at instant, deadline_at instant?, paid_at instant?,
--       combined str?, creator_name str, refunding i64
SELECT o.id, o.number, o.kind, o.state, o.product_name, o.plan_name, o.provider_name, o.unit, o.quantity,
       o.duration, o.duration_unit, o.list_total, o.payable, o.paid, o.created_at, o.deadline_at, o.paid_at, CAST(NULL AS CHAR) AS combined, s.creator_name,
       CAST(EXISTS(SELECT 1 FROM orders f WHERE f.refunds_id = o.id AND f.state IN ('in_review', 'refunding')) AS SIGNED) AS refunding
  FROM orders o JOIN order_sold s ON s.order_id = o.id
 WHERE o.combined_id = :combined AND o.buyer_id = :buyer
 ORDER BY o.id LIMIT 30

-- The provider's: orders of its products.
-- name: order_list_provider many
-- in:   provider u64, from_id u64, to_id u64, state order_state?, product u64?, limit i32
-- out:  id u64, number str, kind order_kind, state order_state, product_name str, plan_name str, buyer_name str, provider_name str, unit str, quantity u64,
--       duration u64, duration_unit time_unit?, list_total money, payable money, created_at instant
SELECT o.id, o.number, o.kind, o.state, o.product_name, o.plan_name, b.name AS buyer_name, o.provider_name, o.unit, o.quantity,
       o.duration, o.duration_unit, o.list_total, o.payable, o.created_at
  FROM orders o FORCE INDEX (provider, provider_states, product)
  JOIN org b ON b.id = o.buyer_id
 WHERE o.provider_id = :provider AND o.id >= :from_id AND o.id < :to_id
 [state? AND o.state = :state]
 [product? AND o.product_id = :product]
 ORDER BY o.id DESC LIMIT :limit

-- The desk's: all orders.
-- name: order_list_operator many
-- in:   from_id u64, to_id u64, state order_state?, buyer u64?, provider u64?, limit i32
-- out:  id u64, number str, kind order_kind, state order_state, product_name str, plan_name str, buyer_name str, provider_name str, unit str, quantity u64,
--       duration u64, duration_unit time_unit?, list_total money, payable money, created_at instant
SELECT o.id, o.number, o.kind, o.state, o.product_name, o.plan_name, b.name AS buyer_name, o.provider_name, o.unit, o.quantity,
       o.duration, o.duration_unit, o.list_total, o.payable, o.created_at
  FROM orders o FORCE INDEX (PRIMARY, id, provider, provider_states, all_states)
  JOIN org b ON b.id = o.buyer_id
 WHERE o.id >= :from_id AND o.id < :to_id
 [state? AND o.state = :state]
 [buyer? AND o.buyer_id = :buyer]
 [provider? AND o.provider_id = :provider]
 ORDER BY o.id DESC LIMIT :limit

-- An order by its number, whosever it is.
-- name: order_list_number one
-- in:   number str
-- out:  id u64
SELECT id FROM orders WHERE number = :number

-- What a provider's list can be narrowed to.
-- name: order_list_products many
-- in:   provider u64
-- out:  id u64, name str
SELECT id, name FROM product WHERE provider_id = :provider ORDER BY id DESC LIMIT 200

-- Organisations by id or by the beginning of the name: enough of them to know whether it is one.
-- name: order_list_orgs many
-- in:   kind org_kind, id u64, like str
-- out:  id u64, name str
SELECT id, name FROM org WHERE id = :id AND kind = :kind
 UNION
SELECT id, name FROM org WHERE kind = :kind AND name LIKE :like
 ORDER BY name LIMIT 2

-- name: order_list_hide exec
-- in:   buyer u64, id u64, hidden bool
UPDATE orders SET hidden = :hidden WHERE buyer_id = :buyer AND id = :id AND hidden <> :hidden

-- The paying account's: its zones' orders in one state (ACC-4).
-- name: order_list_zone many
-- in:   payer u64, state order_state, zone u64?, from_id u64, to_id u64, limit i32
-- out:  id u64, number str, kind order_kind, state order_state, product_name str, plan_name str, buyer_name str, provider_name str, unit str, quantity u64,
--       duration u64, duration_unit time_unit?, list_total money, payable money, created_at instant
SELECT o.id, o.number, o.kind, o.state, o.product_name, o.plan_name, b.name AS buyer_name, o.provider_name, o.unit, o.quantity,
       o.duration, o.duration_unit, o.list_total, o.payable, o.created_at
  FROM orders o FORCE INDEX (zone_states, zone_buyers)
  JOIN org b ON b.id = o.buyer_id
 WHERE o.zone_payer = :payer AND o.state = :state AND o.id >= :from_id AND o.id < :to_id
 [zone? AND o.buyer_id = :zone]
 ORDER BY o.id DESC LIMIT :limit

-- The zones below a paying account.
-- name: order_list_zones many
-- in:   payer u64
-- out:  id u64, name str
SELECT id, name FROM org WHERE paying_org_id = :payer ORDER BY id LIMIT 200
