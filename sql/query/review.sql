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
