-- Payments and what channels said about them.

-- name: payment_insert exec
-- in:   id u64, number str, org u64, channel payment_channel, bank bank_code?, amount money, now instant, deadline_at instant, query_at instant?
INSERT INTO payment (id, number, org_id, channel, bank, state, amount, created_at, deadline_at, query_at)
VALUES (:id, :number, :org, :channel, :bank, 'created', :amount, :now, :deadline_at, :query_at)

-- name: payment_order_insert bulk
-- in:   payment u64, order u64, amount money, cash money, gift money
INSERT INTO payment_order (payment_id, order_id, amount, cash, gift) VALUES (:payment, :order, :amount, :cash, :gift)

-- The orders that a buyer asks to pay, and those that are combined with them (ORD-5); what is allowed stands in the policy under which each was sold.
-- name: pay_order_list many
-- in:   buyer u64, numbers str
-- out:  id u64, number str, state order_state, product_id u64, product_name str, plan_name str, unit str, quantity u64, duration u64, duration_unit time_unit?, category_code str,
--       list_total money, payable money, created_at instant, deadline_at instant?, combined_id u64?, payer_id u64, price str, channels str, freeze freeze_kind?, combined_number str?
-- scan: the numbers that were asked for
SELECT o.id, o.number, o.state, o.product_id, o.product_name, o.plan_name, o.unit, o.quantity, o.duration, o.duration_unit, o.category_code,
       o.list_total, o.payable, o.created_at, o.deadline_at, o.combined_id, o.payer_org_id AS payer_id, s.price, y.channels,
       (SELECT g.freeze_kind FROM org g WHERE g.id IN (o.buyer_id, o.payer_org_id) AND g.freeze_kind IS NOT NULL LIMIT 1) AS freeze, (SELECT k.number FROM order_combined k WHERE k.buyer_id = o.buyer_id AND k.id = o.combined_id) AS combined_number
  FROM (SELECT f.id FROM JSON_TABLE(:numbers, '$[*]' COLUMNS (number VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin PATH '$')) t JOIN orders f ON f.number = t.number AND f.buyer_id = :buyer
	UNION
	SELECT c.id FROM JSON_TABLE(:numbers, '$[*]' COLUMNS (number VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin PATH '$')) t JOIN orders f ON f.number = t.number AND f.buyer_id = :buyer
	  JOIN orders c ON c.combined_id = f.combined_id) i
  JOIN orders o ON o.id = i.id
  JOIN order_sold s ON s.order_id = o.id
  JOIN category_policy y ON y.category_code = o.category_code AND y.version = s.policy_version
 ORDER BY o.id LIMIT 200

-- What vouchers and cards pay in the payments under way for these orders.
-- name: pay_held many
-- in:   orders str
-- out:  payment_number str, channel payment_channel, bank bank_code?, order_id u64, voucher_id u64?, held i64
-- scan: the ids that were asked for
SELECT p.number AS payment_number, p.channel, p.bank, x.order_id, y.voucher_id, COALESCE(y.held, 0) AS held
  FROM (SELECT DISTINCT a.payment_id FROM JSON_TABLE(:orders, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) t JOIN payment_order a ON a.order_id = t.id) i
  JOIN payment p ON p.id = i.payment_id
  JOIN payment_order x ON x.payment_id = p.id
  LEFT JOIN payment_part y ON y.payment_id = x.payment_id AND y.order_id = x.order_id
 WHERE p.state IN ('created', 'waiting', 'unknown')
 ORDER BY p.id, x.order_id LIMIT 500

-- name: pay_order_lock lock_many
-- in:   buyer u64, ids str
-- out:  id u64, buyer_id u64, number str, kind order_kind, state order_state, billing_mode billing_mode, product_id u64, plan_id u64, provider_id u64, quantity u64, payable money, paid money,
--       deadline_at instant?, first_deadline instant?, combined_id u64?, coupon_id u64?, review bool, payer_id u64, freeze freeze_kind?
-- scan: the ids that were asked for
SELECT o.id, o.buyer_id, o.number, o.kind, o.state, o.billing_mode, o.product_id, o.plan_id, o.provider_id, o.quantity, o.payable, o.paid, o.deadline_at, o.first_deadline, o.combined_id, o.coupon_id, o.review,
       o.payer_org_id AS payer_id, (SELECT g.freeze_kind FROM org g WHERE g.id IN (o.buyer_id, o.payer_org_id) AND g.freeze_kind IS NOT NULL LIMIT 1) AS freeze
  FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) t STRAIGHT_JOIN orders o ON o.id = t.id
 WHERE o.buyer_id = :buyer
 ORDER BY o.id FOR UPDATE

-- name: payment_show one
-- in:   org u64, number str
-- out:  id u64, number str, purpose payment_purpose, channel payment_channel, bank bank_code?, state payment_state, amount money, code_url str?, created_at instant, deadline_at instant, paid_at instant?, transaction_id str?
SELECT id, number, purpose, channel, bank, state, amount, code_url, created_at, deadline_at, paid_at, transaction_id
  FROM payment WHERE number = :number AND org_id = :org

-- name: payment_order_list many
-- in:   payment u64
-- out:  number str, product_name str, plan_name str, state order_state, amount money
SELECT o.number, o.product_name, o.plan_name, o.state, x.amount
  FROM payment_order x JOIN orders o ON o.id = x.order_id
 WHERE x.payment_id = :payment ORDER BY o.id LIMIT 30

-- The orders of a payment and then the payment itself: whoever pays, cancels or closes locks them in this order.
-- name: payment_order_lock lock_many
-- in:   number str
-- out:  id u64, buyer_id u64, number str, kind order_kind, state order_state, billing_mode billing_mode, product_id u64, plan_id u64, provider_id u64, quantity u64, payable money, paid money,
--       deadline_at instant?, combined_id u64?, coupon_id u64?, review bool, payer_id u64, amount money, cash money, gift money
SELECT o.id, o.buyer_id, o.number, o.kind, o.state, o.billing_mode, o.product_id, o.plan_id, o.provider_id, o.quantity, o.payable, o.paid,
       o.deadline_at, o.combined_id, o.coupon_id, o.review, o.payer_org_id AS payer_id, x.amount, x.cash, x.gift
  FROM payment_order x STRAIGHT_JOIN orders o ON o.id = x.order_id
 WHERE x.payment_id = (SELECT p.id FROM payment p WHERE p.number = :number)
 ORDER BY x.order_id LIMIT 30 FOR UPDATE

-- name: payment_lock lock_many
-- in:   number str
-- out:  id u64, org_id u64, number str, purpose payment_purpose, channel payment_channel, state payment_state, amount money, sign_type sign_type?, transaction_id str?, deadline_at instant, queries u64, freeze freeze_kind?
SELECT p.id, p.org_id, p.number, p.purpose, p.channel, p.state, p.amount, p.sign_type, p.transaction_id, p.deadline_at, p.queries,
       (SELECT g.freeze_kind FROM org g WHERE g.id = p.org_id) AS freeze
  FROM payment p WHERE p.number = :number FOR UPDATE

-- name: payment_sign_type exec
-- in:   id u64, sign_type sign_type
UPDATE payment SET sign_type = :sign_type WHERE id = :id

-- name: payment_asking one
-- in:   number str
-- out:  id u64, number str, channel payment_channel, state payment_state, queries u64, deadline_at instant
SELECT id, number, channel, state, queries, deadline_at FROM payment WHERE number = :number

-- name: payment_by_id one
-- in:   id u64
-- out:  number str, channel payment_channel
SELECT number, channel FROM payment WHERE id = :id

-- name: payment_move exec
-- in:   id u64, from_state payment_state, to_state payment_state, code_url str?, transaction_id str?, paid_at instant?, query_at instant?, queries u64
UPDATE payment SET state = :to_state, code_url = COALESCE(:code_url, code_url), transaction_id = COALESCE(:transaction_id, transaction_id),
       paid_at = COALESCE(:paid_at, paid_at), query_at = :query_at, queries = :queries
 WHERE id = :id AND state = :from_state

-- Payments whose channel is to be asked (MON-8).
-- name: payment_due many
-- in:   now instant, limit i32
-- out:  number str
SELECT number FROM payment WHERE query_at < :now ORDER BY query_at LIMIT :limit

-- Takes one of them, so that of several instances one asks.
-- name: payment_ask exec
-- in:   id u64, queries u64, next_at instant
UPDATE payment SET query_at = :next_at, queries = queries + 1 WHERE id = :id AND queries = :queries AND state IN ('created', 'waiting', 'unknown')

-- Payments under way for any of these orders, a row for each of their orders among them.
-- name: payment_open lock_many
-- in:   orders str
-- out:  id u64, org_id u64, number str, channel payment_channel, bank bank_code?, state payment_state, amount money, code_url str?, created_at instant, deadline_at instant, queries u64,
--       order_amount money, orders u64
-- scan: the ids that were asked for
SELECT p.id, p.org_id, p.number, p.channel, p.bank, p.state, p.amount, p.code_url, p.created_at, p.deadline_at, p.queries, x.amount AS order_amount,
       COALESCE((SELECT COUNT(*) FROM payment_order a WHERE a.payment_id = p.id), 0) AS orders
  FROM JSON_TABLE(:orders, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) t STRAIGHT_JOIN payment_order x ON x.order_id = t.id STRAIGHT_JOIN payment p ON p.id = x.payment_id
 WHERE p.state IN ('created', 'waiting', 'unknown')
 ORDER BY p.id, x.order_id FOR UPDATE

-- name: notice_insert exec
-- in:   channel payment_channel, transaction_id str, payment_number str, amount money, outcome notice_outcome, source notice_source, raw bytes, now instant
INSERT INTO notice (channel, transaction_id, payment_number, amount, outcome, source, raw, received_at)
VALUES (:channel, :transaction_id, :payment_number, :amount, :outcome, :source, :raw, :now)
