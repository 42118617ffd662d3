-- Quotations (ORD-20).

-- What a provider can quote.
-- name: quotation_plans many
-- in:   provider u64
-- out:  id u64, product_name str, name str
SELECT l.id, p.name AS product_name, l.name
  FROM product p JOIN plan l ON l.product_id = p.id AND l.on_sale = 1 AND l.trial = 0
 WHERE p.provider_id = :provider AND p.state = 'listed'
 ORDER BY p.id, l.position LIMIT 500

-- For whom: told by the whole name or the id, so that nobody is found by guessing.
-- name: quotation_buyer many
-- in:   id u64, name str
-- out:  id u64, name str
SELECT id, name FROM org WHERE id = :id AND kind = 'buyer'
 UNION
SELECT id, name FROM org WHERE kind = 'buyer' AND name = :name
 LIMIT 2

-- name: quotation_insert exec
-- in:   id u64, number str, provider u64, buyer u64, plan u64, product_name str, plan_name str, unit str, quantity u64, duration u64, duration_unit time_unit?, options str,
--       options_text str, list_total money, price money, note str, creator_name str, now instant, expires_at instant
INSERT INTO quotation (id, number, state, provider_id, buyer_id, plan_id, product_name, plan_name, unit, quantity, duration, duration_unit, options, options_text, list_total, price, note, creator_name, created_at, expires_at)
VALUES (:id, :number, 'open', :provider, :buyer, :plan, :product_name, :plan_name, :unit, :quantity, :duration, :duration_unit, :options, :options_text, :list_total, :price, :note, :creator_name, :now, :expires_at)

-- For its provider, or for its buyer; nobody else finds it (ACC-3).
-- name: quotation_show one
-- in:   number str, provider u64?, buyer u64?
-- out:  id u64, number str, state quotation_state, provider_id u64, buyer_id u64, provider_name str, provider_phone str, provider_email str, buyer_name str, plan_id u64, product_name str, slug str, plan_name str,
--       unit str, quantity u64, duration u64, duration_unit time_unit?, options str, options_text str, list_total money, price money, note str, creator_name str, order_number str?,
--       created_at instant, expires_at instant, product_agreement u64, platform_agreement u64
SELECT q.id, q.number, q.state, q.provider_id, q.buyer_id, v.name AS provider_name, v.phone AS provider_phone, v.email AS provider_email, b.name AS buyer_name, q.plan_id, q.product_name, p.slug, q.plan_name,
       q.unit, q.quantity, q.duration, q.duration_unit, q.options, q.options_text, q.list_total, q.price, q.note, q.creator_name, q.order_number,
       q.created_at, q.expires_at, p.agreement_version AS product_agreement, g.version AS platform_agreement
  FROM quotation q
  JOIN org v ON v.id = q.provider_id
  JOIN org b ON b.id = q.buyer_id
  JOIN plan l ON l.id = q.plan_id
  JOIN product p ON p.id = l.product_id
  JOIN agreement g ON g.kind = 'platform' AND g.version = (SELECT MAX(h.version) FROM agreement h WHERE h.kind = 'platform')
 WHERE q.number = :number
 [provider? AND q.provider_id = :provider]
 [buyer? AND q.buyer_id = :buyer]

-- name: quotation_list many
-- in:   provider u64?, buyer u64?, before u64, limit i32
-- out:  id u64, number str, state quotation_state, other_name str, product_name str, plan_name str, unit str, quantity u64, duration u64, duration_unit time_unit?, list_total money, price money,
--       created_at instant, expires_at instant
SELECT q.id, q.number, q.state, o.name AS other_name, q.product_name, q.plan_name, q.unit, q.quantity, q.duration, q.duration_unit, q.list_total, q.price, q.created_at, q.expires_at
  FROM quotation q FORCE INDEX (provider, buyer)
  JOIN org o ON o.id = [provider? q.buyer_id][provider! q.provider_id]
 WHERE q.id < :before
 [provider? AND q.provider_id = :provider]
 [buyer? AND q.buyer_id = :buyer]
 ORDER BY q.id DESC LIMIT :limit

-- name: quotation_lock lock_one
-- in:   number str
-- out:  id u64, state quotation_state, provider_id u64, buyer_id u64, plan_id u64, quantity u64, duration u64, duration_unit time_unit?, options str, price money, expires_at instant
SELECT id, state, provider_id, buyer_id, plan_id, quantity, duration, duration_unit, options, price, expires_at FROM quotation WHERE number = :number FOR UPDATE

-- name: quotation_close exec
-- in:   id u64, state quotation_state, order_number str?
UPDATE quotation SET state = :state, order_number = :order_number WHERE id = :id AND state = 'open'
