-- What was taken and given back for an order and the resources that it brought (ORD-18).

-- The order, those about its resources, and those that refund any of them: a few each.
-- name: order_record_list many
-- in:   order u64, from_id u64, before u64, before_line u64, kind journal_kind?, number str?, limit i32
-- out:  id u64, line u64, kind journal_kind, account account_kind, amount money, number str, order_kind order_kind
SELECT j.id, p.line, j.kind, p.kind AS account, p.amount, o.number, o.kind AS order_kind
  FROM (SELECT :order AS id
	UNION SELECT r.id FROM order_line l JOIN orders r ON r.base_id = l.resource_id WHERE l.order_id = :order
	UNION SELECT r.id FROM orders r WHERE r.refunds_id = :order
	UNION SELECT f.id FROM order_line l JOIN orders r ON r.base_id = l.resource_id JOIN orders f ON f.refunds_id = r.id WHERE l.order_id = :order) x
  JOIN orders o ON o.id = x.id
  JOIN journal j ON j.order_id = o.id
  JOIN posting p ON p.journal_id = j.id AND p.kind IN ('cash', 'gift', 'voucher', 'card')
 WHERE j.id >= :from_id AND j.id <= :before AND (j.id < :before OR p.line < :before_line)
 [kind? AND j.kind = :kind]
 [number? AND o.number = :number]
 ORDER BY j.id DESC, p.line DESC LIMIT :limit

-- name: order_combined_show one
-- in:   buyer u64, number str
-- out:  id u64, orders u64, created_at instant
SELECT id, orders, created_at FROM order_combined WHERE number = :number AND buyer_id = :buyer
