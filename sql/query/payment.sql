-- Payments and what channels said about them.

-- name: payment_insert exec
-- in:   id u64, number str, org u64, channel payment_channel, amount money, sign_type sign_type?, now instant, deadline_at instant, query_at instant?
INSERT INTO payment (id, number, org_id, channel, state, amount, sign_type, created_at, deadline_at, query_at)
VALUES (:id, :number, :org, :channel, 'created', :amount, :sign_type, :now, :deadline_at, :query_at)

-- name: payment_order_insert bulk
-- in:   payment u64, order u64, amount money
INSERT INTO payment_order (payment_id, order_id, amount) VALUES (:payment, :order, :amount)

-- name: payment_show one
-- in:   org u64, number str
-- out:  id u64, number str, channel payment_channel, state payment_state, amount money, code_url str?, created_at instant, deadline_at instant, paid_at instant?, transaction_id str?
SELECT id, number, channel, state, amount, code_url, created_at, deadline_at, paid_at, transaction_id
  FROM payment WHERE number = :number AND org_id = :org

-- name: payment_order_list many
-- in:   payment u64
-- out:  number str, product_name str, plan_name str, state order_state, amount money
SELECT o.number, o.product_name, o.plan_name, o.state, x.amount
  FROM payment_order x JOIN orders o ON o.id = x.order_id
 WHERE x.payment_id = :payment ORDER BY o.id LIMIT 30

-- The payment that is already under way for an order, if there is one.
-- name: payment_open many
-- in:   order u64, channel payment_channel, now instant
-- out:  id u64, number str, state payment_state, amount money, code_url str?, created_at instant, deadline_at instant, queries u64
SELECT p.id, p.number, p.state, p.amount, p.code_url, p.created_at, p.deadline_at, p.queries
  FROM payment_order x JOIN payment p ON p.id = x.payment_id
 WHERE x.order_id = :order AND p.channel = :channel AND p.state IN ('created', 'waiting', 'unknown') AND p.deadline_at > :now
 ORDER BY p.id DESC LIMIT 1

-- The payment and its orders, locked in one round trip: first the payment, then the orders in order of id.
-- name: payment_lock lock_many
-- in:   number str
-- out:  id u64, org_id u64, channel payment_channel, state payment_state, amount money, sign_type sign_type?, transaction_id str?, deadline_at instant, queries u64,
--       order_id u64, order_amount money, buyer_id u64, order_number str, order_kind order_kind, order_state order_state, billing_mode billing_mode, payable money, paid money, order_deadline instant?,
--       product_id u64, plan_id u64, quantity u64, provider_id u64, coupon_id u64?, freeze freeze_kind?
SELECT p.id, p.org_id, p.channel, p.state, p.amount, p.sign_type, p.transaction_id, p.deadline_at, p.queries,
       o.id AS order_id, x.amount AS order_amount, o.buyer_id, o.number AS order_number, o.kind AS order_kind, o.state AS order_state, o.billing_mode, o.payable, o.paid, o.deadline_at AS order_deadline,
       o.product_id, o.plan_id, o.quantity, o.provider_id, o.coupon_id, (SELECT g.freeze_kind FROM org g WHERE g.id = p.org_id) AS freeze
  FROM payment p
  JOIN payment_order x ON x.payment_id = p.id
  JOIN orders o ON o.id = x.order_id
 WHERE p.number = :number
 ORDER BY o.id LIMIT 30 FOR UPDATE

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

-- Open payments of an order that is cancelled: their channel is to be closed.
-- name: payment_open_of_order lock_many
-- in:   order u64
-- out:  id u64, org_id u64, state payment_state, amount money, deadline_at instant, queries u64
SELECT p.id, p.org_id, p.state, p.amount, p.deadline_at, p.queries
  FROM payment_order x JOIN payment p ON p.id = x.payment_id
 WHERE x.order_id = :order AND p.state IN ('created', 'waiting', 'unknown')
 ORDER BY p.id LIMIT 30 FOR UPDATE

-- name: notice_insert exec
-- in:   channel payment_channel, transaction_id str, payment_number str, amount money, outcome notice_outcome, source notice_source, raw bytes, now instant
INSERT INTO notice (channel, transaction_id, payment_number, amount, outcome, source, raw, received_at)
VALUES (:channel, :transaction_id, :payment_number, :amount, :outcome, :source, :raw, :now)

-- name: finance_case_insert exec
-- in:   id u64, kind case_kind, channel payment_channel, transaction_id str, payment_number str, org u64?, amount money, expected i64, raw bytes, now instant
INSERT INTO finance_case (id, kind, state, channel, transaction_id, payment_number, org_id, amount, expected, raw, created_at)
VALUES (:id, :kind, 'open', :channel, :transaction_id, :payment_number, :org, :amount, :expected, :raw, :now)

-- name: finance_case_list many
-- in:   state case_state, before u64, limit i32
-- out:  id u64, kind case_kind, channel payment_channel, transaction_id str, payment_number str, org_name str?, amount money, created_at instant
SELECT f.id, f.kind, f.channel, f.transaction_id, f.payment_number, o.name AS org_name, f.amount, f.created_at
  FROM finance_case f LEFT JOIN org o ON o.id = f.org_id
 WHERE f.state = :state AND f.id < :before
 ORDER BY f.id DESC LIMIT :limit

-- name: finance_case_tally one
-- in:   state case_state
-- out:  cases i64
SELECT COUNT(*) AS cases FROM finance_case WHERE state = :state
