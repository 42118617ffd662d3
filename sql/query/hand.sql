-- What a provider's people deliver (DEL-1).

-- name: hand_list many
-- in:   provider u64, state resource_state?, before u64, limit i32
-- out:  id u64, state resource_state, name str, product_name str, plan_name str, quantity u64, unit str, order_number str, created_at instant, buyer_name str, delivery_number str?
SELECT r.id, r.state, r.name, r.product_name, r.plan_name, r.quantity, r.unit, r.order_number, r.created_at, b.name AS buyer_name,
       (SELECT d.number FROM delivery d WHERE d.resource_id = r.id) AS delivery_number
  FROM resource r JOIN org b ON b.id = r.buyer_id
 WHERE r.provider_id = :provider AND r.delivery = 'manual' AND r.id < :before
 [state? AND r.state = :state]
 ORDER BY r.id DESC LIMIT :limit

-- name: hand_show one
-- in:   provider u64, id u64
-- out:  state resource_state, name str, product_name str, plan_name str, quantity u64, unit str, order_number str, created_at instant, begin_at instant?, end_at instant?, buyer_name str,
--       delivery_number str?, held bool
SELECT r.state, r.name, r.product_name, r.plan_name, r.quantity, r.unit, r.order_number, r.created_at, r.begin_at, r.end_at, b.name AS buyer_name,
       (SELECT d.number FROM delivery d WHERE d.resource_id = r.id) AS delivery_number, EXISTS (SELECT 1 FROM delivery d WHERE d.resource_id = r.id AND d.hold IS NOT NULL) AS held
  FROM resource r JOIN org b ON b.id = r.buyer_id
 WHERE r.id = :id AND r.provider_id = :provider AND r.delivery = 'manual'

-- name: hand_lock lock_one
-- in:   provider u64, id u64
-- out:  buyer_id u64, state resource_state, supervised bool, held bool
SELECT r.buyer_id, r.state, EXISTS (SELECT 1 FROM delivery d WHERE d.resource_id = r.id) AS supervised,
       EXISTS (SELECT 1 FROM delivery d WHERE d.resource_id = r.id AND d.hold IS NOT NULL) AS held
  FROM resource r WHERE r.id = :id AND r.provider_id = :provider AND r.delivery = 'manual' FOR UPDATE
