-- Products as their providers and approvers see them (CAT-9): what sells, and the version beside it.

-- name: product_lock lock_one
-- in:   id u64
-- out:  provider_id u64, slug str, state product_state, version u64, edit_version u64?, agreement_version u64, name str, secret bool
SELECT provider_id, slug, state, version, edit_version, agreement_version, name, webhook_secret IS NOT NULL AS secret FROM product WHERE id = :id FOR UPDATE

-- name: version_lock lock_one
-- in:   product u64, version u64
-- out:  state version_state, saves u64, body str
SELECT state, saves, body FROM product_version WHERE product_id = :product AND version = :version FOR UPDATE

-- name: version_last lock_one
-- in:   product u64
-- out:  version u64
SELECT version FROM product_version WHERE product_id = :product ORDER BY version DESC LIMIT 1 FOR UPDATE

-- A draft that was never listed: version 0 sells, that is nothing.
-- name: product_insert exec
-- in:   id u64, slug str, provider u64, category str, name str, delivery delivery_mode, now instant
INSERT INTO product (id, slug, provider_id, category_code, state, name, summary, delivery, agreement_version, version, edit_version, created_at)
VALUES (:id, :slug, :provider, :category, 'draft', :name, '', :delivery, 0, 0, 1, :now)

-- name: product_text_begin exec
-- in:   product u64
INSERT INTO product_text (product_id, description, guide, after_sales, agreement, support_phone, support_email) VALUES (:product, '', '', '', '', '', '')

-- name: product_move exec
-- in:   id u64, from_state product_state, to_state product_state, edit_version u64?
UPDATE product SET state = :to_state, edit_version = :edit_version WHERE id = :id AND state = :from_state

-- What lists show of a product that nothing of is listed yet.
-- name: product_face exec
-- in:   id u64, name str, summary str, category str, delivery delivery_mode
UPDATE product SET name = :name, summary = :summary, category_code = :category, delivery = :delivery WHERE id = :id AND version = 0

-- name: version_insert exec
-- in:   product u64, version u64, state version_state, body str, by u64, now instant
INSERT INTO product_version (product_id, version, state, body, created_at, created_by, saved_at, saved_by)
VALUES (:product, :version, :state, :body, :now, :by, :now, :by)

-- name: version_save exec
-- in:   product u64, version u64, saves u64, body str, by u64, now instant
UPDATE product_version SET body = :body, saves = saves + 1, saved_at = :now, saved_by = :by
 WHERE product_id = :product AND version = :version AND state = 'draft' AND saves = :saves

-- name: version_move exec
-- in:   product u64, version u64, from_state version_state, to_state version_state, submitted_at instant?, submitted_by u64?, decided_at instant?, decided_by u64?, reason str
UPDATE product_version
   SET state = :to_state, submitted_at = COALESCE(:submitted_at, submitted_at), submitted_by = COALESCE(:submitted_by, submitted_by),
       decided_at = COALESCE(:decided_at, decided_at), decided_by = COALESCE(:decided_by, decided_by), reason = :reason
 WHERE product_id = :product AND version = :version AND state = :from_state

-- A product of this provider, and its version that is open or was refused last.
-- name: product_edit one
-- in:   id u64, provider u64
-- out:  slug str, state product_state, name str, version u64, deals u64, listed_at instant?, created_at instant, secret bool,
--       edit_version u64?, edit_state version_state?, saves u64?, body str?, reason str?, saved_at instant?, saved_by str?, submitted_at instant?, decided_at instant?
SELECT p.slug, p.state, p.name, p.version, p.deals, p.listed_at, p.created_at, p.webhook_secret IS NOT NULL AS secret,
       p.edit_version, v.state AS edit_state, v.saves, v.body, v.reason, v.saved_at, s.name AS saved_by, v.submitted_at, v.decided_at
  FROM product p
  LEFT JOIN product_version v ON v.product_id = p.id AND v.version = p.edit_version
  LEFT JOIN person s ON s.id = v.saved_by
 WHERE p.id = :id AND p.provider_id = :provider

-- name: version_body one
-- in:   product u64, version u64
-- out:  state version_state, body str
SELECT state, body FROM product_version WHERE product_id = :product AND version = :version

-- Who wrote, submitted and decided what, and why.
-- name: version_list many
-- in:   product u64
-- out:  version u64, state version_state, saved_at instant, saved_by str?, submitted_at instant?, submitted_by str?, decided_at instant?, reason str
SELECT v.version, v.state, v.saved_at, s.name AS saved_by, v.submitted_at, u.name AS submitted_by, v.decided_at, v.reason
  FROM product_version v
  LEFT JOIN person s ON s.id = v.saved_by
  LEFT JOIN person u ON u.id = v.submitted_by
 WHERE v.product_id = :product
 ORDER BY v.version DESC LIMIT 100

-- name: product_list_provider many
-- in:   provider u64, before u64, state product_state?, edit_state version_state?, like str?, limit i32
-- out:  id u64, slug str, state product_state, name str, picture str, category_code str, delivery delivery_mode, price_from money, deals u64, version u64,
--       edit_version u64?, edit_state version_state?, created_at instant, saved_at instant?
SELECT p.id, p.slug, p.state, p.name, p.picture, p.category_code, p.delivery, COALESCE(p.price_from, 0) AS price_from, p.deals, p.version,
       p.edit_version, v.state AS edit_state, p.created_at, v.saved_at
  FROM product p
  LEFT JOIN product_version v ON v.product_id = p.id AND v.version = p.edit_version
 WHERE p.provider_id = :provider AND p.id < :before
 [state? AND p.state = :state]
 [edit_state? AND v.state = :edit_state]
 [like? AND p.name LIKE :like]
 ORDER BY p.id DESC LIMIT :limit

-- name: product_tabs one
-- in:   provider u64
-- out:  every i64, listed i64, delisted i64, draft i64, submitted i64, refused i64
SELECT COUNT(*) AS every,
       CAST(COALESCE(SUM(p.state = 'listed'), 0) AS SIGNED) AS listed, CAST(COALESCE(SUM(p.state = 'delisted'), 0) AS SIGNED) AS delisted,
       CAST(COALESCE(SUM(v.state = 'draft'), 0) AS SIGNED) AS draft, CAST(COALESCE(SUM(v.state = 'submitted'), 0) AS SIGNED) AS submitted,
       CAST(COALESCE(SUM(v.state = 'refused'), 0) AS SIGNED) AS refused
  FROM product p
  LEFT JOIN product_version v ON v.product_id = p.id AND v.version = p.edit_version
 WHERE p.provider_id = :provider

-- How a category's products are delivered.
-- name: category_delivery one
-- in:   code str
-- out:  delivery delivery_policy
SELECT y.delivery FROM category c JOIN category_policy y ON y.category_code = c.code AND y.version = c.policy_version WHERE c.code = :code

-- Never below nothing: what others bought meanwhile counts.
-- name: plan_stock_add exec
-- in:   product u64, plan u64, by i64
UPDATE plan SET stock = stock + :by WHERE product_id = :product AND id = :plan AND stock IS NOT NULL AND stock + :by BETWEEN 0 AND 99999999

-- What sold when a version was written: the last one published before it.
-- name: version_before many
-- in:   product u64, version u64
-- out:  version u64, body str
SELECT version, body FROM product_version WHERE product_id = :product AND version < :version AND state = 'published' ORDER BY version DESC LIMIT 1

-- name: stock_list many
-- in:   product u64
-- out:  id u64, name str, unit str, stock i64
SELECT id, name, unit, COALESCE(stock, 0) AS stock FROM plan WHERE product_id = :product AND stock IS NOT NULL AND on_sale = 1 ORDER BY position, id LIMIT 100

-- What stands beside the document on a product's page.
-- name: preview_show one
-- in:   product u64, category str
-- out:  slug str, provider_id u64, provider_name str, provider_phone str, provider_email str, deals u64, rating_sum u64, rating_n u64, picture str,
--       category_zh str?, category_en str?
SELECT p.slug, p.provider_id, o.name AS provider_name, o.phone AS provider_phone, o.email AS provider_email, p.deals, p.rating_sum, p.rating_n, p.picture,
       c.name_zh AS category_zh, c.name_en AS category_en
  FROM product p JOIN org o ON o.id = p.provider_id LEFT JOIN category c ON c.code = :category
 WHERE p.id = :product
