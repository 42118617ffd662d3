-- Bills (MON-14): the entries that orders and their refunds made on the paying account, and their kept sums.

-- name: bill_sum_add bulk
-- in:   org u64, month date, buyer u64, product u64, cash money, gift money, voucher money, card money
INSERT INTO bill_sum (org_id, month, buyer_id, product_id, cash, gift, voucher, card) VALUES (:org, :month, :buyer, :product, :cash, :gift, :voucher, :card)
    ON DUPLICATE KEY UPDATE cash = cash + VALUES(cash), gift = gift + VALUES(gift), voucher = voucher + VALUES(voucher), card = card + VALUES(card)

-- name: bill_choice_put exec
-- in:   person u64, columns u64
INSERT INTO bill_choice (person_id, columns) VALUES (:person, :columns) ON DUPLICATE KEY UPDATE columns = :columns

-- name: bill_choice many
-- in:   person u64
-- out:  columns u64
SELECT columns FROM bill_choice WHERE person_id = :person

-- The sums of some months, all together.
-- name: bill_months many
-- in:   org u64, months str
-- out:  month date, cash money, gift money, voucher money, card money
-- scan: the months that were asked for
SELECT s.month, s.cash, s.gift, s.voucher, s.card
  FROM JSON_TABLE(:months, '$[*]' COLUMNS (month DATE PATH '$')) t STRAIGHT_JOIN bill_sum s ON s.org_id = :org AND s.month = t.month AND s.buyer_id = 0 AND s.product_id = 0
 ORDER BY s.month

-- What a month's orders came to, by product: as many rows as there are products in it.
-- name: bill_products many
-- in:   org u64, month date, limit i32
-- out:  product_id u64, name str, slug str, amount i64
SELECT s.product_id, p.name, p.slug, s.cash + s.gift + s.voucher + s.card AS amount
  FROM bill_sum s JOIN product p ON p.id = s.product_id
 WHERE s.org_id = :org AND s.month = :month AND s.buyer_id = 0
 ORDER BY amount DESC, s.product_id LIMIT :limit

-- The same by zone, and the account's own orders (ACC-4).
-- name: bill_buyers many
-- in:   org u64, month date
-- out:  buyer_id u64, name str, cash money, gift money, voucher money, card money
SELECT s.buyer_id, o.name, s.cash, s.gift, s.voucher, s.card
  FROM bill_sum s JOIN org o ON o.id = s.buyer_id
 WHERE s.org_id = :org AND s.month = :month AND s.product_id = 0
 ORDER BY s.buyer_id <> s.org_id, o.name LIMIT 200

-- A month's entries, the newest first: of each of the two kinds the end of a range.  Ids are made of times, but can be a moment later than the time that
-- is booked: from_id and to_id are wider than the month.
-- name: bill_list many
-- in:   org u64, from_id u64, to_id u64, before u64, begin instant, end instant, limit i32
-- out:  id u64, kind journal_kind, booked_at instant, cash money, gift money, voucher money, card money, order_id u64, order_number str, order_kind order_kind, buyer_id u64, buyer_name str,
--       category_zh str, category_en str, product_name str, plan_name str, provider_name str, billing_mode billing_mode, quantity u64, unit str, duration u64, duration_unit time_unit?, price str, tax_pm u64,
--       payment_number str?, refunds str?
SELECT j.id, j.kind, j.booked_at, b.cash, b.gift, b.voucher, b.card, o.id AS order_id, o.number AS order_number, o.kind AS order_kind, o.buyer_id, n.name AS buyer_name,
       c.name_zh AS category_zh, c.name_en AS category_en, o.product_name, o.plan_name, o.provider_name, o.billing_mode, o.quantity, o.unit, o.duration, o.duration_unit, s.price, y.tax_pm,
       p.number AS payment_number, x.number AS refunds
  FROM (SELECT i.id, CAST(COALESCE(-SUM(IF(q.kind = 'cash', q.amount, 0)), 0) AS SIGNED) AS cash, CAST(COALESCE(-SUM(IF(q.kind = 'gift', q.amount, 0)), 0) AS SIGNED) AS gift,
	       CAST(COALESCE(-SUM(IF(q.kind = 'voucher', q.amount, 0)), 0) AS SIGNED) AS voucher, CAST(COALESCE(-SUM(IF(q.kind = 'card', q.amount, 0)), 0) AS SIGNED) AS card
	  FROM ((SELECT id FROM journal FORCE INDEX (kinds) WHERE org_id = :org AND kind = 'order_pay' AND id >= :from_id AND id < :to_id AND id < :before AND booked_at >= :begin AND booked_at < :end ORDER BY id DESC LIMIT :limit)
	  UNION ALL (SELECT id FROM journal FORCE INDEX (kinds) WHERE org_id = :org AND kind = 'order_refund' AND id >= :from_id AND id < :to_id AND id < :before AND booked_at >= :begin AND booked_at < :end ORDER BY id DESC LIMIT :limit)
		ORDER BY id DESC LIMIT :limit) i
	  LEFT JOIN posting q ON q.journal_id = i.id AND q.owner = :org
	 GROUP BY i.id) b
  JOIN journal j ON j.id = b.id
  JOIN orders o ON o.id = j.order_id
  JOIN order_sold s ON s.order_id = o.id
  JOIN org n ON n.id = o.buyer_id
  JOIN category c ON c.code = o.category_code
  JOIN category_policy y ON y.category_code = o.category_code AND y.version = s.policy_version
  LEFT JOIN orders x ON x.id = o.refunds_id
  LEFT JOIN payment p ON p.id = j.payment_id
 ORDER BY j.id DESC LIMIT :limit

-- What the orders of such rows are made of: each line with its resource.
-- name: bill_lines many
-- in:   orders str
-- out:  order_id u64, line u64, amount money, quantity u64, name str, resource_id u64?, resource_name str?, begin_at instant?, end_at instant?
-- scan: the orders that were asked for
SELECT l.order_id, l.line, l.amount, l.quantity, l.name, r.id AS resource_id, r.name AS resource_name, r.begin_at, r.end_at
  FROM JSON_TABLE(:orders, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) t STRAIGHT_JOIN order_line l ON l.order_id = t.id LEFT JOIN resource r ON r.id = l.resource_id
 ORDER BY l.order_id, l.line LIMIT 20000
