-- Appeals about deliveries (DEL-8).

-- name: appeal_insert exec
-- in:   id u64, number str, delivery u64, delivery_number str, buyer u64, provider u64, order u64, order_number str, resource u64, product_name str, side org_kind, ground delivery_ground
INSERT INTO appeal (id, number, state, delivery_id, delivery_number, buyer_id, provider_id, order_id, order_number, resource_id, product_name, side, ground)
VALUES (:id, :number, 'open', :delivery, :delivery_number, :buyer, :provider, :order, :order_number, :resource, :product_name, :side, :ground)

-- name: appeal_note_insert exec
-- in:   appeal u64, id u64, delivery u64, event appeal_event, side org_kind, name str, text str
INSERT INTO appeal_note (appeal_id, id, delivery_id, event, side, person_name, text) VALUES (:appeal, :id, :delivery, :event, :side, :name, :text)

-- The one that goes on.
-- name: appeal_lock lock_many
-- in:   delivery u64
-- out:  id u64, number str, state appeal_state, side org_kind, asks_buyer bool, asks_provider bool
SELECT id, number, state, side, asks_buyer, asks_provider FROM appeal WHERE open_delivery = :delivery FOR UPDATE

-- name: appeal_move exec
-- in:   id u64, from appeal_state, to appeal_state, asks_buyer bool, asks_provider bool, decision appeal_decision?, amount money, name str, ended_at instant?
UPDATE appeal SET state = :to, asks_buyer = :asks_buyer, asks_provider = :asks_provider, decision = :decision, amount = :amount, decided_name = :name, ended_at = :ended_at
 WHERE id = :id AND state = :from

-- name: appeal_find one
-- in:   number str
-- out:  delivery_id u64, delivery_number str, buyer_id u64, provider_id u64, order_id u64, order_number str, resource_id u64, state appeal_state
SELECT delivery_id, delivery_number, buyer_id, provider_id, order_id, order_number, resource_id, state FROM appeal WHERE number = :number

-- name: appeal_line one
-- in:   order u64, resource u64
-- out:  amount money
SELECT amount FROM order_line WHERE order_id = :order AND resource_id = :resource

-- name: appeal_of_delivery many
-- in:   delivery u64
-- out:  id u64, number str, state appeal_state, side org_kind, ground delivery_ground, asks_buyer bool, asks_provider bool, decision appeal_decision?, amount money, decided_name str, ended_at instant?
SELECT id, number, state, side, ground, asks_buyer, asks_provider, decision, amount, decided_name, ended_at
  FROM appeal WHERE delivery_id = :delivery ORDER BY id DESC LIMIT 20

-- name: appeal_note_list many
-- in:   delivery u64
-- out:  appeal_id u64, id u64, event appeal_event, side org_kind, person_name str, text str
SELECT appeal_id, id, event, side, person_name, text FROM appeal_note WHERE delivery_id = :delivery ORDER BY id LIMIT 500

-- name: appeal_delivery one
-- in:   number str, org u64?
-- out:  id u64, buyer_id u64, provider_id u64, number str, state delivery_state, hold delivery_hold?, product_name str, plan_name str, order_number str,
--       requirement_rejections u64, acceptance_rejections u64, step_since instant, due_at instant?, material_since instant?, buyer_name str, provider_name str
SELECT d.id, d.buyer_id, d.provider_id, d.number, d.state, d.hold, d.product_name, d.plan_name, d.order_number, d.requirement_rejections, d.acceptance_rejections,
       d.step_since, d.due_at, d.material_since, b.name AS buyer_name, p.name AS provider_name
  FROM delivery d JOIN org b ON b.id = d.buyer_id JOIN org p ON p.id = d.provider_id
 WHERE d.number = :number [org? AND (d.buyer_id = :org OR d.provider_id = :org)]

-- name: appeal_list many
-- in:   state appeal_state?, side org_kind?, q str?, before u64, limit i32
-- out:  id u64, number str, state appeal_state, delivery_number str, order_number str, product_name str, side org_kind, ground delivery_ground, decision appeal_decision?, buyer_name str, provider_name str
SELECT a.id, a.number, a.state, a.delivery_number, a.order_number, a.product_name, a.side, a.ground, a.decision, b.name AS buyer_name, p.name AS provider_name
  FROM appeal a JOIN org b ON b.id = a.buyer_id JOIN org p ON p.id = a.provider_id
 WHERE a.id < :before
 [state? AND a.state = :state]
 [side? AND a.side = :side]
 [q? AND a.id IN (SELECT x.id FROM appeal x WHERE x.number = :q UNION SELECT y.id FROM appeal y WHERE y.delivery_number = :q UNION SELECT z.id FROM appeal z WHERE z.order_number = :q)]
 ORDER BY a.id DESC LIMIT :limit

-- Those that wait for somebody: few.
-- name: appeal_counts many
-- out:  state appeal_state, n i64
SELECT state, COUNT(*) AS n FROM appeal WHERE state IN ('open', 'asked', 'answered') GROUP BY state
