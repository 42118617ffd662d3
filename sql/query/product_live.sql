-- What sells of a product: read into a document, and written from one when a version is approved (CAT-9).

-- name: live_product one
-- in:   id u64
-- out:  name str, summary str, category_code str, delivery delivery_mode, dialect dialect?, webhook_url str,
--       description str, guide str, after_sales str, agreement str, support_phone str, support_email str, api_doc str?
SELECT p.name, p.summary, p.category_code, p.delivery, p.dialect, p.webhook_url, t.description, t.guide, t.after_sales, t.agreement, t.support_phone, t.support_email, t.api_doc
  FROM product p JOIN product_text t ON t.product_id = p.id WHERE p.id = :id

-- name: live_plan_list many
-- in:   product u64
-- out:  id u64, name str, summary str, billing_mode billing_mode, unit str, quantity_min u64, quantity_max u64, quantity_step u64, trial bool, limited bool, stock i64,
--       on_sale bool, review bool, separate bool, server bool, usage_name str, package_units u64, begin_later bool
SELECT id, name, summary, billing_mode, unit, quantity_min, quantity_max, quantity_step, trial, stock IS NOT NULL AS limited, COALESCE(stock, 0) AS stock,
       on_sale, review, separate, server, usage_name, package_units, begin_later
  FROM plan WHERE product_id = :product ORDER BY position, id LIMIT 100

-- name: live_price_list many
-- in:   product u64
-- out:  plan_id u64, duration_unit time_unit, duration u64, price money
SELECT r.plan_id, r.duration_unit, r.duration, r.price FROM plan l JOIN plan_price r ON r.plan_id = l.id
 WHERE l.product_id = :product ORDER BY r.plan_id, r.duration_unit, r.duration LIMIT 2000

-- name: live_choice_list many
-- in:   product u64
-- out:  plan_id u64, option_code str, code str, option_name str, name str, effect_fen money, effect_pm i64
SELECT c.plan_id, c.option_code, c.code, c.option_name, c.name, c.effect_fen, c.effect_pm FROM plan l JOIN plan_choice c ON c.plan_id = l.id
 WHERE l.product_id = :product ORDER BY c.plan_id, c.option_code, c.position LIMIT 5000

-- name: live_tier_list many
-- in:   product u64
-- out:  plan_id u64, above u64, price money, per u64
SELECT t.plan_id, t.above, t.price, t.per FROM plan l JOIN plan_tier t ON t.plan_id = l.id
 WHERE l.product_id = :product ORDER BY t.plan_id, t.above LIMIT 1000

-- name: live_part_list many
-- in:   product u64
-- out:  plan_id u64, name str, option_code str?, bound bool
SELECT r.plan_id, r.name, r.option_code, r.bound FROM plan l JOIN plan_part r ON r.plan_id = l.id
 WHERE l.product_id = :product ORDER BY r.plan_id, r.position LIMIT 1000

-- name: live_product_put exec
-- in:   id u64, version u64, name str, summary str, category str, delivery delivery_mode, dialect dialect?, webhook_url str, picture str?, agreement bool, now instant
UPDATE product
   SET name = :name, summary = :summary, category_code = :category, delivery = :delivery, dialect = :dialect, webhook_url = :webhook_url,
       picture = COALESCE(:picture, picture), agreement_version = agreement_version + :agreement, version = :version,
       listed_at = COALESCE(listed_at, :now)
 WHERE id = :id

-- name: live_text_put exec
-- in:   product u64, description str, guide str, after_sales str, agreement str, support_phone str, support_email str, api_doc str?
UPDATE product_text SET description = :description, guide = :guide, after_sales = :after_sales, agreement = :agreement,
       support_phone = :support_phone, support_email = :support_email, api_doc = :api_doc
 WHERE product_id = :product

-- Plans that are not in the version any more stay, for what was sold of them.
-- name: live_plan_off exec
-- in:   product u64
UPDATE plan SET on_sale = 0 WHERE product_id = :product

-- name: live_plan_insert bulk
-- in:   product u64, id u64, position u64, name str, summary str, billing_mode billing_mode, unit str, quantity_min i64, quantity_max i64, quantity_step i64,
--       trial bool, on_sale bool, review bool, separate bool, server bool, usage_name str, package_units i64, begin_later bool
INSERT INTO plan (product_id, id, position, name, summary, billing_mode, unit, quantity_min, quantity_max, quantity_step,
                  trial, on_sale, review, separate, server, usage_name, package_units, begin_later)
VALUES (:product, :id, :position, :name, :summary, :billing_mode, :unit, :quantity_min, :quantity_max, :quantity_step,
        :trial, :on_sale, :review, :separate, :server, :usage_name, :package_units, :begin_later)

-- name: live_plan_put exec
-- in:   product u64, id u64, position u64, name str, summary str, billing_mode billing_mode, unit str, quantity_min i64, quantity_max i64, quantity_step i64,
--       trial bool, on_sale bool, review bool, separate bool, server bool, usage_name str, package_units i64, begin_later bool
UPDATE plan
   SET position = :position, name = :name, summary = :summary, billing_mode = :billing_mode, unit = :unit, quantity_min = :quantity_min,
       quantity_max = :quantity_max, quantity_step = :quantity_step, trial = :trial, on_sale = :on_sale, review = :review, separate = :separate, server = :server,
       usage_name = :usage_name, package_units = :package_units, begin_later = :begin_later
 WHERE product_id = :product AND id = :id

-- name: live_stock_put exec
-- in:   product u64, plan u64, limited bool, stock i64
UPDATE plan SET stock = IF(:limited, :stock, NULL) WHERE product_id = :product AND id = :plan

-- name: live_price_forget exec
-- in:   plan u64
DELETE FROM plan_price WHERE plan_id = :plan

-- name: live_price_put bulk
-- in:   plan u64, duration_unit time_unit, duration i64, price money
INSERT INTO plan_price (plan_id, duration_unit, duration, price) VALUES (:plan, :duration_unit, :duration, :price)

-- name: live_choice_forget exec
-- in:   plan u64
DELETE FROM plan_choice WHERE plan_id = :plan

-- name: live_choice_put bulk
-- in:   plan u64, option_code str, code str, position u64, option_name str, name str, effect_fen money, effect_pm i64
INSERT INTO plan_choice (plan_id, option_code, code, position, option_name, name, effect_fen, effect_pm)
VALUES (:plan, :option_code, :code, :position, :option_name, :name, :effect_fen, :effect_pm)

-- name: live_tier_forget exec
-- in:   plan u64
DELETE FROM plan_tier WHERE plan_id = :plan

-- name: live_tier_put bulk
-- in:   plan u64, above i64, price money, per i64
INSERT INTO plan_tier (plan_id, above, price, per) VALUES (:plan, :above, :price, :per)

-- name: live_part_forget exec
-- in:   plan u64
DELETE FROM plan_part WHERE plan_id = :plan

-- name: live_part_put bulk
-- in:   plan u64, position u64, name str, option_code str?, bound bool
INSERT INTO plan_part (plan_id, position, name, option_code, bound) VALUES (:plan, :position, :name, :option_code, :bound)

-- name: live_picture_hide exec
-- in:   product u64
UPDATE product_picture SET position = NULL WHERE product_id = :product

-- name: live_picture_show exec
-- in:   product u64, id u64, position u64
UPDATE product_picture SET position = :position WHERE product_id = :product AND id = :id

-- name: live_picture_list many
-- in:   product u64
-- out:  id u64
SELECT id FROM product_picture WHERE product_id = :product AND position IS NOT NULL ORDER BY position LIMIT 20
