-- Orders that wait for an approver (ORD-8).

-- The first rule that an order fits; of a few.
-- name: review_rule_fits many
-- in:   category str, org u64, plan u64, payable money
-- out:  note str
-- scan: a few rows, each compared with the order
SELECT note FROM review_rule
 WHERE enabled = 1 AND (category_code IS NULL OR category_code = :category) AND (org_id IS NULL OR org_id = :org)
   AND (plan_id IS NULL OR plan_id = :plan) AND (amount_over IS NULL OR amount_over < :payable)
 ORDER BY id LIMIT 1

-- The queue: what must be decided first on top.  Unsubscribes are decided elsewhere.
-- name: review_list many
-- in:   after_deadline instant?, after_id u64?, limit i32
-- out:  id u64, number str, kind order_kind, product_name str, plan_name str, provider_name str, buyer_name str, freeze freeze_kind?, payable money, created_at instant, deadline_at instant
SELECT o.id, o.number, o.kind, o.product_name, o.plan_name, o.provider_name, b.name AS buyer_name, b.freeze_kind AS freeze, o.payable, o.created_at,
       COALESCE(o.deadline_at, o.created_at) AS deadline_at
  FROM orders o JOIN org b ON b.id = o.buyer_id
 WHERE o.state = 'in_review' AND o.kind <> 'unsubscribe'
 [after_deadline? AND (o.deadline_at > :after_deadline OR (o.deadline_at = :after_deadline AND o.id > :after_id))]
 ORDER BY o.deadline_at, o.id LIMIT :limit

-- An order as its approver sees it, whoever bought it.
-- name: review_order one
-- in:   number str
-- out:  id u64, number str, kind order_kind, state order_state, billing_mode billing_mode, creator_id u64, combined_id u64?, category_zh str, category_en str, product_name str, slug str, plan_name str,
--       provider_name str, unit str, quantity u64, duration u64, duration_unit time_unit?, list_total money, payable money, paid money, created_at instant, deadline_at instant?, paid_at instant?,
--       closed_at instant?, buyer_id u64, buyer_name str, buyer_freeze freeze_kind?, buyer_completed i64, buyer_discount_pm u64, payer_name str, creator_name str, contact str, memo str, plan str, price str
SELECT o.id, o.number, o.kind, o.state, o.billing_mode, o.creator_id, o.combined_id, c.name_zh AS category_zh, c.name_en AS category_en, o.product_name, p.slug, o.plan_name,
       o.provider_name, o.unit, o.quantity, o.duration, o.duration_unit, o.list_total, o.payable, o.paid, o.created_at, o.deadline_at, o.paid_at,
       o.closed_at, o.buyer_id, b.name AS buyer_name, b.freeze_kind AS buyer_freeze, n.completed AS buyer_completed, b.discount_pm AS buyer_discount_pm, y.name AS payer_name,
       s.creator_name, s.contact, s.memo, s.plan, s.price
  FROM orders o
  JOIN order_sold s ON s.order_id = o.id
  JOIN org b ON b.id = o.buyer_id
  JOIN org_counter n ON n.org_id = o.buyer_id
  JOIN org y ON y.id = o.payer_org_id
  JOIN product p ON p.id = o.product_id
  JOIN category c ON c.code = o.category_code
 WHERE o.number = :number

-- The orders that are decided together (ORD-5).
-- name: review_group many
-- in:   combined u64
-- out:  number str, state order_state, product_name str, plan_name str, payable money
SELECT number, state, product_name, plan_name, payable FROM orders WHERE combined_id = :combined ORDER BY id LIMIT 30

-- name: review_rule_list many
-- out:  id u64, category_code str?, category_zh str?, category_en str?, org_id u64?, org_name str?, plan_id u64?, product_name str?, plan_name str?, amount_over money, any_amount bool, enabled bool, note str
-- scan: a few rows, all of them shown
SELECT r.id, r.category_code, c.name_zh AS category_zh, c.name_en AS category_en, r.org_id, o.name AS org_name, r.plan_id, p.name AS product_name, l.name AS plan_name,
       COALESCE(r.amount_over, 0) AS amount_over, r.amount_over IS NULL AS any_amount, r.enabled, r.note
  FROM review_rule r
  LEFT JOIN category c ON c.code = r.category_code
  LEFT JOIN org o ON o.id = r.org_id
  LEFT JOIN plan l ON l.id = r.plan_id
  LEFT JOIN product p ON p.id = l.product_id
 ORDER BY r.id DESC LIMIT 200

-- name: review_rule_count lock_one
-- out:  n i64
-- scan: a few rows
SELECT COUNT(*) AS n FROM review_rule

-- name: review_rule_insert exec
-- in:   id u64, category str?, org u64?, plan u64?, amount_over i64, any_amount bool, note str
INSERT INTO review_rule (id, category_code, org_id, plan_id, amount_over, enabled, note)
VALUES (:id, :category, :org, :plan, IF(:any_amount, NULL, :amount_over), 1, :note)

-- name: review_rule_enable exec
-- in:   id u64, enabled bool
UPDATE review_rule SET enabled = :enabled WHERE id = :id AND enabled <> :enabled

-- name: review_rule_delete exec
-- in:   id u64
DELETE FROM review_rule WHERE id = :id

-- What a rule may name.
-- name: review_rule_names one
-- in:   category str, org u64, plan u64
-- out:  category bool, org bool, plan bool
-- scan: none but by key
SELECT EXISTS (SELECT 1 FROM category WHERE code = :category) AS category, EXISTS (SELECT 1 FROM org WHERE id = :org AND kind = 'buyer') AS org,
       EXISTS (SELECT 1 FROM plan WHERE id = :plan) AS plan
