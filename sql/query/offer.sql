-- Private offers of a provider (ORD-20).

-- name: reprice_lock lock_one
-- in:   provider u64, number str
-- out:  id u64, buyer_id u64, number str, state order_state, billing_mode billing_mode, payable money, paid money
SELECT id, buyer_id, number, state, billing_mode, payable, paid FROM orders WHERE number = :number AND provider_id = :provider FOR UPDATE

-- Vouchers and cards that a payment under way holds for an order, or for one that is paid with it.
-- name: reprice_holds one
-- in:   order u64
-- out:  holds i64
SELECT COUNT(*) AS holds
  FROM payment_order x JOIN payment p ON p.id = x.payment_id JOIN payment_part y ON y.payment_id = p.id
 WHERE x.order_id = :order AND p.state IN ('created', 'waiting', 'unknown')

-- name: reprice_order exec
-- in:   buyer u64, id u64, from_payable money, to_payable money, now instant
UPDATE orders SET payable = :to_payable, repriced_at = :now
 WHERE buyer_id = :buyer AND id = :id AND state = 'to_pay' AND payable = :from_payable AND paid = 0

-- name: reprice_sold exec
-- in:   order u64, amount money
UPDATE order_sold SET price = JSON_ARRAY_APPEND(price, '$', JSON_OBJECT('kind', 'repriced', 'amount', :amount)) WHERE order_id = :order

-- name: reprice_lines lock_many
-- in:   order u64
-- out:  line u64, main_line u64, amount money
SELECT line, main_line, amount FROM order_line WHERE order_id = :order ORDER BY line FOR UPDATE

-- name: reprice_line exec
-- in:   order u64, line u64, amount money
UPDATE order_line SET amount = :amount WHERE order_id = :order AND line = :line
