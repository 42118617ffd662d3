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
