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

-- What can be claimed on a product's page, and how many of each the reader has (a visitor: 0, none).
-- name: coupon_offer_list many
-- in:   provider u64, product u64, buyer u64, now instant, limit i32
-- out:  id u64, name str, kind coupon_kind, percent u64, amount money, minimum money, scope coupon_scope, used_for coupon_use, claim_to instant,
--       valid_from instant?, valid_to instant?, valid_days u64?, total u64, claimed u64, per_buyer u64, mine i64
SELECT c.id, c.name, c.kind, c.percent, c.amount, c.minimum, c.scope, c.used_for, c.claim_to, c.valid_from, c.valid_to, c.valid_days,
       c.total, c.claimed, c.per_buyer, COALESCE((SELECT COUNT(*) FROM coupon_claim k WHERE k.coupon_id = c.id AND k.buyer_id = :buyer), 0) AS mine
  FROM coupon c
 WHERE c.provider_id = :provider AND c.state = 'published' AND c.claim_from <= :now AND c.claim_to >= :now
   AND (c.scope = 'provider' OR EXISTS (SELECT 1 FROM coupon_product x WHERE x.coupon_id = c.id AND x.product_id = :product))
 ORDER BY c.claim_to, c.id LIMIT :limit

-- A coupon's own page: for everybody once it was published.
-- name: coupon_show one
-- in:   id u64, buyer u64
-- out:  id u64, name str, kind coupon_kind, percent u64, amount money, minimum money, scope coupon_scope, used_for coupon_use, claim_to instant,
--       valid_from instant?, valid_to instant?, valid_days u64?, total u64, claimed u64, per_buyer u64, mine i64,
--       provider_id u64, provider_name str, state coupon_state, claim_from instant
SELECT c.id, c.name, c.kind, c.percent, c.amount, c.minimum, c.scope, c.used_for, c.claim_to, c.valid_from, c.valid_to, c.valid_days,
       c.total, c.claimed, c.per_buyer, COALESCE((SELECT COUNT(*) FROM coupon_claim k WHERE k.coupon_id = :id AND k.buyer_id = :buyer), 0) AS mine,
       c.provider_id, o.name AS provider_name, c.state, c.claim_from
  FROM coupon c JOIN org o ON o.id = c.provider_id
 WHERE c.id = :id AND c.state <> 'draft'

-- The products it is for, as far as they are sold.
-- name: coupon_product_list many
-- in:   coupon u64, limit i32
-- out:  slug str, name str, summary str, picture str, category_code str, price_from money, deals u64, delivery delivery_mode
SELECT p.slug, p.name, p.summary, p.picture, p.category_code, COALESCE(p.price_from, 0) AS price_from, p.deals, p.delivery
  FROM coupon_product x JOIN product p ON p.id = x.product_id
 WHERE x.coupon_id = :coupon AND p.state = 'listed'
 ORDER BY p.deals DESC, p.id LIMIT :limit

-- name: coupon_provider_list many
-- in:   provider u64, limit i32
-- out:  slug str, name str, summary str, picture str, category_code str, price_from money, deals u64, delivery delivery_mode
SELECT p.slug, p.name, p.summary, p.picture, p.category_code, COALESCE(p.price_from, 0) AS price_from, p.deals, p.delivery
  FROM product p
 WHERE p.provider_id = :provider AND p.state = 'listed'
 ORDER BY p.deals DESC, p.id LIMIT :limit

-- What a buyer has claimed, the latest first or what ends first.  alive: not past its validity.
-- name: coupon_claim_list many
-- in:   buyer u64, state claim_state?, alive bool, over bool, kind coupon_kind?, ending bool, now instant, id u64, end instant, limit i32
-- out:  id u64, number str, state claim_state, coupon_id u64, name str, kind coupon_kind, percent u64, amount money, minimum money, scope coupon_scope,
--       used_for coupon_use, provider_name str, valid_from instant, valid_to instant, claimed_at instant, saved money, order_number str?
SELECT k.id, k.number, k.state, k.coupon_id, c.name, c.kind, c.percent, c.amount, c.minimum, c.scope,
       c.used_for, v.name AS provider_name, k.valid_from, k.valid_to, k.claimed_at, k.saved, o.number AS order_number
  FROM coupon_claim k
  JOIN coupon c ON c.id = k.coupon_id
  JOIN org v ON v.id = k.provider_id
  LEFT JOIN orders o ON o.buyer_id = k.buyer_id AND o.id = k.order_id
 WHERE k.buyer_id = :buyer
 [state? AND k.state = :state]
 [alive? AND k.valid_to >= :now]
 [over? AND k.valid_to < :now]
 [kind? AND c.kind = :kind]
 [ending! AND k.id < :id ORDER BY k.id DESC]
 [ending? AND k.valid_to >= :end AND (k.valid_to > :end OR k.id > :id) ORDER BY k.valid_to, k.id]
 LIMIT :limit

-- The number on one of its tabs, as far as `limit`: time makes them expire, so it cannot be kept.
-- name: coupon_claim_count one
-- in:   buyer u64, state claim_state, alive bool, over bool, now instant, limit i32
-- out:  n i64
SELECT COUNT(*) AS n
  FROM (SELECT 1 FROM coupon_claim WHERE buyer_id = :buyer AND state = :state [alive? AND valid_to >= :now] [over? AND valid_to < :now] LIMIT :limit) x

-- The provider's own.  A draft can be changed and thrown away; what is published only be stopped.
-- name: coupon_insert exec
-- in:   provider u64, id u64, name str, kind coupon_kind, percent u64, amount money, minimum money, scope coupon_scope, used_for coupon_use,
--       claim_from instant, claim_to instant, valid_from instant?, valid_to instant?, valid_days u64?, total u64, per_buyer u64, now instant
INSERT INTO coupon (provider_id, id, state, name, kind, percent, amount, minimum, scope, used_for,
                    claim_from, claim_to, valid_from, valid_to, valid_days, total, per_buyer, created_at)
VALUES (:provider, :id, 'draft', :name, :kind, :percent, :amount, :minimum, :scope, :used_for,
        :claim_from, :claim_to, :valid_from, :valid_to, :valid_days, :total, :per_buyer, :now)

-- name: coupon_update exec
-- in:   provider u64, id u64, name str, kind coupon_kind, percent u64, amount money, minimum money, scope coupon_scope, used_for coupon_use,
--       claim_from instant, claim_to instant, valid_from instant?, valid_to instant?, valid_days u64?, total u64, per_buyer u64
UPDATE coupon SET name = :name, kind = :kind, percent = :percent, amount = :amount, minimum = :minimum, scope = :scope, used_for = :used_for,
       claim_from = :claim_from, claim_to = :claim_to, valid_from = :valid_from, valid_to = :valid_to, valid_days = :valid_days,
       total = :total, per_buyer = :per_buyer
 WHERE provider_id = :provider AND id = :id AND state = 'draft'

-- name: coupon_product_forget exec
-- in:   coupon u64
DELETE FROM coupon_product WHERE coupon_id = :coupon

-- name: coupon_product_insert bulk
-- in:   coupon u64, product u64
INSERT INTO coupon_product (coupon_id, product_id) VALUES (:coupon, :product)

-- How many of its products are not the provider's.
-- name: coupon_product_strange one
-- in:   coupon u64, provider u64
-- out:  n i64
SELECT COUNT(*) AS n FROM coupon_product x LEFT JOIN product p ON p.id = x.product_id AND p.provider_id = :provider WHERE x.coupon_id = :coupon AND p.id IS NULL

-- name: coupon_publish exec
-- in:   provider u64, id u64, now instant
UPDATE coupon SET state = 'published', published_at = :now WHERE provider_id = :provider AND id = :id AND state = 'draft'

-- name: coupon_stop exec
-- in:   provider u64, id u64
UPDATE coupon SET state = 'stopped' WHERE provider_id = :provider AND id = :id AND state = 'published'

-- name: coupon_delete exec
-- in:   provider u64, id u64
DELETE FROM coupon WHERE provider_id = :provider AND id = :id AND state = 'draft'

-- name: coupon_own_list many
-- in:   provider u64, state coupon_state?, before u64, limit i32
-- out:  id u64, state coupon_state, name str, kind coupon_kind, percent u64, amount money, minimum money, scope coupon_scope, used_for coupon_use,
--       claim_from instant, claim_to instant, valid_from instant?, valid_to instant?, valid_days u64?, total u64, per_buyer u64, claimed u64
SELECT id, state, name, kind, percent, amount, minimum, scope, used_for, claim_from, claim_to, valid_from, valid_to, valid_days, total, per_buyer, claimed
  FROM coupon
 WHERE provider_id = :provider AND id < :before
 [state? AND state = :state]
 ORDER BY id DESC LIMIT :limit

-- name: coupon_own one
-- in:   provider u64, id u64
-- out:  id u64, state coupon_state, name str, kind coupon_kind, percent u64, amount money, minimum money, scope coupon_scope, used_for coupon_use,
--       claim_from instant, claim_to instant, valid_from instant?, valid_to instant?, valid_days u64?, total u64, per_buyer u64, claimed u64
SELECT id, state, name, kind, percent, amount, minimum, scope, used_for, claim_from, claim_to, valid_from, valid_to, valid_days, total, per_buyer, claimed
  FROM coupon WHERE provider_id = :provider AND id = :id

-- What came of it: an index alone is read.
-- name: coupon_tally one
-- in:   coupon u64
-- out:  locked i64, used i64, saved money
SELECT CAST(COALESCE(SUM(state = 'locked'), 0) AS SIGNED) AS locked, CAST(COALESCE(SUM(state = 'used'), 0) AS SIGNED) AS used,
       CAST(COALESCE(SUM(IF(state = 'used', saved, 0)), 0) AS SIGNED) AS saved
  FROM coupon_claim WHERE coupon_id = :coupon AND state IN ('locked', 'used')

-- The provider's products, each with whether the coupon is for it.
-- name: coupon_own_products many
-- in:   provider u64, coupon u64, limit i32
-- out:  id u64, slug str, name str, chosen i64
SELECT p.id, p.slug, p.name, COALESCE((SELECT COUNT(*) FROM coupon_product x WHERE x.coupon_id = :coupon AND x.product_id = p.id), 0) AS chosen
  FROM product p WHERE p.provider_id = :provider AND p.state <> 'refused' ORDER BY p.id LIMIT :limit
