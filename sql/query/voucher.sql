-- Vouchers and stored-value cards (ORD-16), and what of a payment they pay (ORD-13).

-- name: voucher_insert bulk
-- in:   org u64, id u64, number str, kind voucher_kind, face money, minimum money, categories str, products str, reusable bool, from_at instant, to_at instant, note str, now instant
INSERT INTO voucher (org_id, id, number, kind, face, available, minimum, categories, products, reusable, valid_from, valid_to, note, created_at)
VALUES (:org, :id, :number, :kind, :face, :face, :minimum, :categories, :products, :reusable, :from_at, :to_at, :note, :now)

-- name: voucher_entry_insert bulk
-- in:   voucher u64, id u64, kind voucher_entry_kind, amount money, order u64?, payment u64?
INSERT INTO voucher_entry (voucher_id, id, kind, amount, order_id, payment_id) VALUES (:voucher, :id, :kind, :amount, :order, :payment)

-- The only statement that changes one: relative, and never below nothing.
-- name: voucher_move exec
-- in:   id u64, available money, reserved money, used money, expired money
UPDATE voucher SET available = available + :available, reserved = reserved + :reserved, used = used + :used, expired = expired + :expired
 WHERE id = :id AND available + :available >= 0 AND reserved + :reserved >= 0 AND used + :used >= 0 AND expired + :expired >= 0

-- What its owner can pay with now; what is reserved for a payment that would be given up is counted by the caller.
-- name: voucher_to_pay many
-- in:   org u64, now instant, limit i32
-- out:  id u64, number str, kind voucher_kind, face money, available money, reserved money, minimum money, categories str, products str, reusable bool, valid_from instant, valid_to instant, note str
SELECT id, number, kind, face, available, reserved, minimum, categories, products, reusable, valid_from, valid_to, note
  FROM voucher WHERE org_id = :org AND (available > 0 OR reserved > 0) AND valid_to > :now
 ORDER BY valid_to, id LIMIT :limit

-- name: voucher_lock lock_many
-- in:   org u64, ids str
-- out:  id u64, kind voucher_kind, available money, minimum money, categories str, products str, reusable bool, valid_from instant, valid_to instant
-- scan: the ids that were asked for
SELECT v.id, v.kind, v.available, v.minimum, v.categories, v.products, v.reusable, v.valid_from, v.valid_to
  FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) t STRAIGHT_JOIN voucher v ON v.id = t.id
 WHERE v.org_id = :org
 ORDER BY v.id FOR UPDATE

-- name: voucher_list many
-- in:   org u64, kind voucher_kind, state voucher_state?, now instant, before u64, limit i32
-- out:  id u64, number str, kind voucher_kind, face money, available money, reserved money, used money, expired money, minimum money, categories str, products str, reusable bool, valid_from instant, valid_to instant, note str, created_at instant
SELECT id, number, kind, face, available, reserved, used, expired, minimum, categories, products, reusable, valid_from, valid_to, note, created_at
  FROM voucher WHERE org_id = :org AND id < :before AND kind = :kind
 [state? AND CASE WHEN available + reserved = 0 AND valid_to > :now THEN 'used_up' WHEN valid_to <= :now THEN 'expired' WHEN valid_from > :now THEN 'not_yet' ELSE 'usable' END = :state]
 ORDER BY id DESC LIMIT :limit

-- name: voucher_show one
-- in:   number str, org u64?
-- out:  id u64, org_id u64, org_name str, number str, kind voucher_kind, face money, available money, reserved money, used money, expired money, minimum money, categories str, products str,
--       reusable bool, valid_from instant, valid_to instant, note str, created_at instant
SELECT v.id, v.org_id, o.name AS org_name, v.number, v.kind, v.face, v.available, v.reserved, v.used, v.expired, v.minimum, v.categories, v.products,
       v.reusable, v.valid_from, v.valid_to, v.note, v.created_at
  FROM voucher v JOIN org o ON o.id = v.org_id
 WHERE v.number = :number [org? AND v.org_id = :org]

-- name: voucher_entry_list many
-- in:   voucher u64
-- out:  id u64, kind voucher_entry_kind, amount money, order_number str?, payment_number str?
SELECT e.id, e.kind, e.amount, o.number AS order_number, p.number AS payment_number
  FROM voucher_entry e LEFT JOIN orders o ON o.id = e.order_id LEFT JOIN payment p ON p.id = e.payment_id
 WHERE e.voucher_id = :voucher ORDER BY e.id DESC LIMIT 200

-- All of them, for the platform.
-- name: voucher_list_operator many
-- in:   before u64, org u64?, number str?, limit i32
-- out:  id u64, number str, kind voucher_kind, org_name str, face money, available money, reserved money, used money, expired money, valid_from instant, valid_to instant, note str, created_at instant
SELECT v.id, v.number, v.kind, o.name AS org_name, v.face, v.available, v.reserved, v.used, v.expired, v.valid_from, v.valid_to, v.note, v.created_at
  FROM voucher v JOIN org o ON o.id = v.org_id
 WHERE v.id < :before
 [org? AND v.org_id = :org]
 [number? AND v.number = :number]
 ORDER BY v.id DESC LIMIT :limit

-- name: voucher_due many
-- in:   now instant, limit i32
-- out:  id u64, org_id u64
SELECT id, org_id FROM voucher WHERE left_over = 1 AND valid_to <= :now ORDER BY valid_to LIMIT :limit

-- name: voucher_org many
-- in:   name str, id u64
-- out:  id u64
SELECT id FROM org WHERE name = :name AND kind = 'buyer' UNION SELECT id FROM org WHERE id = :id AND kind = 'buyer' LIMIT 2

-- name: voucher_category many
-- out:  code str, name_zh str, name_en str
-- scan: two dozen rows
SELECT code, name_zh, name_en FROM category ORDER BY position LIMIT 100

-- name: voucher_product many
-- in:   slug str
-- out:  id u64
SELECT id FROM product WHERE slug = :slug

-- name: voucher_product_name many
-- in:   id u64
-- out:  name str, slug str
SELECT name, slug FROM product WHERE id = :id

-- name: payment_part_insert bulk
-- in:   payment u64, order u64, voucher u64, amount money, held money
INSERT INTO payment_part (payment_id, order_id, voucher_id, amount, held) VALUES (:payment, :order, :voucher, :amount, :held)

-- What vouchers and cards pay in a payment, in the order in which they are locked.
-- name: payment_part_list many
-- in:   payment u64
-- out:  order_id u64, order_number str, voucher_id u64, org_id u64, kind voucher_kind, number str, amount money, held money
SELECT x.order_id, o.number AS order_number, x.voucher_id, v.org_id, v.kind, v.number, x.amount, x.held
  FROM payment_part x JOIN voucher v ON v.id = x.voucher_id JOIN orders o ON o.id = x.order_id
 WHERE x.payment_id = :payment ORDER BY x.voucher_id, x.order_id

-- What an order's payment gave and has back, by source: for a refund, under the order's lock.
-- name: order_paid_cash lock_many
-- in:   order u64
-- out:  payment_id u64, channel payment_channel, cash money, gift money, cash_returned money, gift_returned money
SELECT x.payment_id, p.channel, x.cash, x.gift, x.cash_returned, x.gift_returned
  FROM payment_order x JOIN payment p ON p.id = x.payment_id AND p.state = 'succeeded'
 WHERE x.order_id = :order LIMIT 1 FOR UPDATE

-- name: order_paid_holdings lock_many
-- in:   order u64, payment u64
-- out:  voucher_id u64, kind voucher_kind, org_id u64, amount money, held money, returned money, valid_to instant
SELECT x.voucher_id, v.kind, v.org_id, x.amount, x.held, x.returned, v.valid_to
  FROM payment_part x JOIN voucher v ON v.id = x.voucher_id
 WHERE x.order_id = :order AND x.payment_id = :payment
 ORDER BY x.voucher_id FOR UPDATE

-- name: payment_order_return exec
-- in:   payment u64, order u64, cash money, gift money
UPDATE payment_order SET cash_returned = cash_returned + :cash, gift_returned = gift_returned + :gift WHERE payment_id = :payment AND order_id = :order

-- name: payment_part_return exec
-- in:   payment u64, order u64, voucher u64, amount money
UPDATE payment_part SET returned = returned + :amount WHERE payment_id = :payment AND order_id = :order AND voucher_id = :voucher

-- What an order was paid with (ORD-18).
-- name: order_paid_parts many
-- in:   order u64
-- out:  source pay_source, channel payment_channel, payment_number str, holding str?, amount money, returned money, paid_at instant?
SELECT COALESCE(s.source, '') AS source, COALESCE(s.channel, '') AS channel, s.payment_number, s.holding, s.amount, s.returned, s.paid_at
  FROM (SELECT 'cash' AS source, p.channel, p.number AS payment_number, NULL AS holding, x.cash AS amount, x.cash_returned AS returned, p.paid_at
	  FROM payment_order x JOIN payment p ON p.id = x.payment_id WHERE x.order_id = :order AND p.state = 'succeeded'
	UNION ALL
	SELECT 'gift', p.channel, p.number, NULL, x.gift, x.gift_returned, p.paid_at
	  FROM payment_order x JOIN payment p ON p.id = x.payment_id WHERE x.order_id = :order AND p.state = 'succeeded'
	UNION ALL
	SELECT v.kind, p.channel, p.number, v.number, y.amount, y.returned, p.paid_at
	  FROM payment_part y JOIN payment p ON p.id = y.payment_id JOIN voucher v ON v.id = y.voucher_id WHERE y.order_id = :order AND p.state = 'succeeded') s
 WHERE s.amount > 0 LIMIT 100
