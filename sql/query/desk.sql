-- The operators' desk.

-- What waits for a decision: short ranges of indexes.
-- name: desk_waiting one
-- out:  orders i64, products i64, cases i64, appeals i64
SELECT COALESCE((SELECT COUNT(*) FROM orders o WHERE o.state = 'in_review' AND o.kind <> 'unsubscribe'), 0) AS orders,
       COALESCE((SELECT COUNT(*) FROM product_version v WHERE v.state = 'submitted'), 0) AS products,
       COALESCE((SELECT COUNT(*) FROM finance_case f WHERE f.state IN ('open', 'proposed')), 0) AS cases,
       COALESCE((SELECT COUNT(*) FROM appeal x WHERE x.state IN ('open', 'answered')), 0) AS appeals
