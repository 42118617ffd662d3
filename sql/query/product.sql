-- The storefront.

-- name: category_list many
-- out:  code str, name_zh str, name_en str
-- scan: a few rows, all of them shown
SELECT code, name_zh, name_en FROM category ORDER BY position

-- The page of a product, for a buyer with an agreed discount (of a zone: its paying account's, ACC-4) or for anybody (0).
-- name: product_by_slug one
-- in:   slug str, buyer u64
-- out:  id u64, slug str, state product_state, name str, summary str, picture str, category_code str, category_zh str, category_en str, delivery delivery_mode,
--       deals u64, rating_sum u64, rating_n u64, provider_id u64, provider_name str, provider_phone str, provider_email str, description str, guide str,
--       after_sales str, agreement str, api_doc str?, agreement_version u64, support_phone str, support_email str, buyer_discount_pm i64
SELECT p.id, p.slug, p.state, p.name, p.summary, p.picture, p.category_code, c.name_zh AS category_zh, c.name_en AS category_en, p.delivery,
       p.deals, p.rating_sum, p.rating_n, p.provider_id, o.name AS provider_name, o.phone AS provider_phone, o.email AS provider_email, t.description, t.guide,
       t.after_sales, t.agreement, t.api_doc, p.agreement_version, t.support_phone, t.support_email, COALESCE(CAST(y.discount_pm AS SIGNED), CAST(b.discount_pm AS SIGNED), 1000) AS buyer_discount_pm
  FROM product p
  JOIN product_text t ON t.product_id = p.id
  JOIN category c ON c.code = p.category_code
  JOIN org o ON o.id = p.provider_id
  LEFT JOIN org b ON b.id = :buyer
  LEFT JOIN org y ON y.id = b.paying_org_id
 WHERE p.slug = :slug

-- Each plan with each of its prices; a plan without a price (free) has one row.
-- name: plan_list many
-- in:   product u64
-- out:  id u64, name str, summary str, billing_mode billing_mode, unit str, quantity_min u64, quantity_max u64, quantity_step u64,
--       trial bool, review bool, separate bool, usage_name str, package_units u64, begin_later bool, stock i64, duration_unit time_unit?, duration u64?, price money
SELECT l.id, l.name, l.summary, l.billing_mode, l.unit, l.quantity_min, l.quantity_max, l.quantity_step,
       l.trial, l.review, l.separate, l.usage_name, l.package_units, l.begin_later, COALESCE(l.stock, 2147483647) AS stock,
       r.duration_unit, r.duration, COALESCE(r.price, 0) AS price
  FROM plan l LEFT JOIN plan_price r ON r.plan_id = l.id
 WHERE l.product_id = :product AND l.on_sale = 1
 ORDER BY l.billing_mode, l.position, l.id, r.duration_unit, r.duration LIMIT 300

-- name: plan_choice_list many
-- in:   product u64
-- out:  plan_id u64, option_code str, code str, option_name str, name str, effect_fen money, effect_pm i64
SELECT c.plan_id, c.option_code, c.code, c.option_name, c.name, c.effect_fen, c.effect_pm
  FROM plan l JOIN plan_choice c ON c.plan_id = l.id
 WHERE l.product_id = :product AND l.on_sale = 1
 ORDER BY c.plan_id, c.option_code, c.position LIMIT 1000

-- name: plan_tier_list many
-- in:   product u64
-- out:  plan_id u64, above i64, price money, per i64
SELECT t.plan_id, CAST(t.above AS SIGNED) AS above, t.price, CAST(t.per AS SIGNED) AS per
  FROM plan l JOIN plan_tier t ON t.plan_id = l.id
 WHERE l.product_id = :product AND l.on_sale = 1
 ORDER BY t.plan_id, t.above LIMIT 300

-- name: plan_part_list many
-- in:   product u64
-- out:  plan_id u64, name str, option_code str?, bound bool
SELECT r.plan_id, r.name, r.option_code, r.bound
  FROM plan l JOIN plan_part r ON r.plan_id = l.id
 WHERE l.product_id = :product AND l.on_sale = 1
 ORDER BY r.plan_id, r.position LIMIT 300

-- What the checkout must know of a plan: its product, provider and the category's policy in force.
-- name: plan_for_sale one
-- in:   plan u64, buyer u64
-- out:  product_id u64, product_name str, slug str, state product_state, delivery delivery_mode, dialect dialect?, agreement_version u64,
--       provider_id u64, provider_name str, category_code str, policy_version u64, channels str, period_end period_end,
--       plan_name str, billing_mode billing_mode, unit str, quantity_min u64, quantity_max u64, quantity_step u64, trial bool, stock i64, on_sale bool, review bool, separate bool, begin_later bool, package_units u64, server bool,
--       delivery_policy delivery_policy, buyer_discount_pm u64, buyer_freeze freeze_kind?, buyer_paying_org u64?, platform_agreement u64
SELECT p.id AS product_id, p.name AS product_name, p.slug, p.state, p.delivery, p.dialect, p.agreement_version,
       p.provider_id, o.name AS provider_name, p.category_code, y.version AS policy_version, y.channels, y.period_end,
       l.name AS plan_name, l.billing_mode, l.unit, l.quantity_min, l.quantity_max, l.quantity_step, l.trial, COALESCE(l.stock, 2147483647) AS stock, l.on_sale, l.review, l.separate, l.begin_later, l.package_units, l.server,
       y.delivery AS delivery_policy, COALESCE(a.discount_pm, b.discount_pm) AS buyer_discount_pm, b.freeze_kind AS buyer_freeze, b.paying_org_id AS buyer_paying_org, g.version AS platform_agreement
  FROM plan l
  JOIN product p ON p.id = l.product_id
  JOIN category c ON c.code = p.category_code
  JOIN category_policy y ON y.category_code = c.code AND y.version = c.policy_version
  JOIN org o ON o.id = p.provider_id
  JOIN org b ON b.id = :buyer
  LEFT JOIN org a ON a.id = b.paying_org_id
  JOIN agreement g ON g.kind = 'platform' AND g.version = (SELECT MAX(h.version) FROM agreement h WHERE h.kind = 'platform')
 WHERE l.id = :plan

-- name: plan_price_list many
-- in:   plan u64
-- out:  duration_unit time_unit, duration u64, price money
SELECT duration_unit, duration, price FROM plan_price WHERE plan_id = :plan ORDER BY duration_unit, duration LIMIT 60

-- name: choice_list many
-- in:   plan u64
-- out:  option_code str, code str, option_name str, name str, effect_fen money, effect_pm i64
SELECT option_code, code, option_name, name, effect_fen, effect_pm FROM plan_choice WHERE plan_id = :plan ORDER BY option_code, position LIMIT 200

-- name: part_list many
-- in:   plan u64
-- out:  name str, option_code str?, bound bool
SELECT name, option_code, bound FROM plan_part WHERE plan_id = :plan ORDER BY position LIMIT 20

-- The last item of a stock goes to one buyer only.
-- name: plan_take exec
-- in:   product u64, plan u64, quantity u64
UPDATE plan SET stock = stock - :quantity WHERE product_id = :product AND id = :plan AND stock >= :quantity

-- name: plan_give_back exec
-- in:   product u64, plan u64, quantity u64
UPDATE plan SET stock = stock + :quantity WHERE product_id = :product AND id = :plan AND stock IS NOT NULL

-- One deal more, and its place in the lists by sales.
-- name: product_deal exec
-- in:   product u64
UPDATE product p LEFT JOIN product_term t ON t.product_id = p.id AND t.term LIKE '%*deals' SET p.deals = p.deals + 1, t.score = t.score + 1 WHERE p.id = :product

-- name: agreement_show one
-- in:   kind agreement_kind
-- out:  version u64, text_zh str, text_en str
SELECT version, text_zh, text_en FROM agreement WHERE kind = :kind ORDER BY version DESC LIMIT 1

-- name: product_tally one
-- in:   provider u64
-- out:  listed i64, deals i64
SELECT CAST(COALESCE(SUM(state = 'listed'), 0) AS SIGNED) AS listed, CAST(COALESCE(SUM(deals), 0) AS SIGNED) AS deals FROM product WHERE provider_id = :provider

-- The servers that can be bought (CAT-6): few, all of them are shown.
-- name: server_plan_list many
-- out:  id u64, name str, summary str, product_name str, price money
SELECT l.id, l.name, l.summary, p.name AS product_name, COALESCE((SELECT MIN(r.price) FROM plan_price r WHERE r.plan_id = l.id), 0) AS price
  FROM plan l JOIN product p ON p.id = l.product_id AND p.state = 'listed'
 WHERE l.server = 1 AND l.on_sale = 1
 ORDER BY l.product_id, l.position LIMIT 100

-- The images that can be put on a server, the most sold ones, and the one that is chosen.
-- name: image_plan_list many
-- in:   like str?, limit i32
-- out:  id u64, name str, product_name str, summary str, billing_mode billing_mode, price money
SELECT l.id, l.name, p.name AS product_name, p.summary, l.billing_mode, COALESCE((SELECT MIN(r.price) FROM plan_price r WHERE r.plan_id = l.id), 0) AS price
  FROM category_policy y
  JOIN category c ON c.code = y.category_code AND c.policy_version = y.version
  JOIN product_term t ON t.term = CONCAT('=c:', c.code, '*deals')
  JOIN product p ON p.id = t.product_id AND p.state = 'listed'
  JOIN plan l ON l.product_id = p.id AND l.on_sale = 1 AND l.trial = 0
 WHERE y.delivery = 'with_server'
 [like? AND (p.name LIKE :like OR p.summary LIKE :like)]
 ORDER BY t.score DESC, l.position LIMIT :limit
