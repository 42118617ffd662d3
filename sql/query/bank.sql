-- Paying by bank (MON-5), and what banks announce (ISO-2 to ISO-6).

-- name: order_deadline exec
-- in:   buyer u64, id u64, first instant, deadline instant
UPDATE orders SET first_deadline = :first, deadline_at = :deadline WHERE buyer_id = :buyer AND id = :id AND state = 'to_pay'

-- The orders of a payment whose deadline a bank payment extended.
-- name: order_extended lock_many
-- in:   payment u64
-- out:  id u64, buyer_id u64, deadline_at instant?, first_deadline instant?
SELECT o.id, o.buyer_id, o.deadline_at, o.first_deadline
  FROM payment_order x STRAIGHT_JOIN orders o ON o.id = x.order_id
 WHERE x.payment_id = :payment AND o.state = 'to_pay' AND o.first_deadline IS NOT NULL
 ORDER BY x.order_id LIMIT 30 FOR UPDATE
