-- Coupons (ORD-14, ORD-15).  A coupon belongs to its provider, a claim to its buyer.

-- One more is claimed while there are some and it is the time for it: the row stays locked until the claim is committed.
-- name: coupon_take exec
-- in:   id u64, now instant
UPDATE coupon SET claimed = claimed + 1 WHERE id = :id AND state = 'published' AND claimed < total AND claim_from <= :now AND claim_to >= :now

-- name: coupon_for_claim one
-- in:   id u64, buyer u64
-- out:  provider_id u64, state coupon_state, claim_from instant, claim_to instant, valid_from instant?, valid_to instant?, valid_days u64?, per_buyer u64, mine i64
SELECT provider_id, state, claim_from, claim_to, valid_from, valid_to, valid_days, per_buyer,
       COALESCE((SELECT COUNT(*) FROM coupon_claim k WHERE k.coupon_id = :id AND k.buyer_id = :buyer), 0) AS mine
  FROM coupon WHERE id = :id

-- name: coupon_claim_insert exec
-- in:   buyer u64, id u64, number str, coupon u64, provider u64, nth u64, valid_from instant, valid_to instant, now instant
INSERT INTO coupon_claim (buyer_id, id, number, coupon_id, provider_id, nth, state, valid_from, valid_to, claimed_at)
VALUES (:buyer, :id, :number, :coupon, :provider, :nth, 'usable', :valid_from, :valid_to, :now)

-- What a buyer holds for a product of a provider: also what an unpaid order has locked.
-- name: coupon_held_list many
-- in:   buyer u64, provider u64, product u64, now instant, limit i32
-- out:  id u64, number str, state claim_state, name str, kind coupon_kind, percent u64, amount money, minimum money, scope coupon_scope, used_for coupon_use,
--       coupon_id u64, valid_from instant, valid_to instant
SELECT k.id, k.number, k.state, c.name, c.kind, c.percent, c.amount, c.minimum, c.scope, c.used_for, k.coupon_id, k.valid_from, k.valid_to
  FROM coupon_claim k JOIN coupon c ON c.id = k.coupon_id
 WHERE k.buyer_id = :buyer AND k.provider_id = :provider AND k.state IN ('usable', 'locked') AND k.valid_to >= :now
   AND (c.scope = 'provider' OR EXISTS (SELECT 1 FROM coupon_product x WHERE x.coupon_id = k.coupon_id AND x.product_id = :product))
 ORDER BY k.valid_to, k.id LIMIT :limit

-- The three moves of a claim; one row, or somebody was faster.
-- name: coupon_hold exec
-- in:   buyer u64, id u64, order u64, saved money, now instant
UPDATE coupon_claim SET state = 'locked', order_id = :order, saved = :saved
 WHERE buyer_id = :buyer AND id = :id AND state = 'usable' AND valid_from <= :now AND valid_to >= :now

-- name: coupon_use exec
-- in:   buyer u64, id u64, order u64
UPDATE coupon_claim SET state = 'used' WHERE buyer_id = :buyer AND id = :id AND order_id = :order AND state = 'locked'

-- name: coupon_free exec
-- in:   buyer u64, id u64, order u64
UPDATE coupon_claim SET state = 'usable', order_id = NULL, saved = 0 WHERE buyer_id = :buyer AND id = :id AND order_id = :order
