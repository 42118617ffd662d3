-- Money on its way back through the channel that it came by (REF-1).

-- Whose money an order's is (ACC-4), and where it goes: the category's policy under which it was sold.
-- name: refund_target one
-- in:   order u64
-- out:  payer_id u64, refund_to refund_target
SELECT o.payer_org_id AS payer_id, y.refund_to
  FROM orders o JOIN order_sold s ON s.order_id = o.id JOIN category_policy y ON y.category_code = o.category_code AND y.version = s.policy_version
 WHERE o.id = :order

-- name: refund_payment lock_one
-- in:   id u64
-- out:  number str, channel payment_channel, state payment_state, amount money, refunded money, transaction_id str?
SELECT number, channel, state, amount, refunded, transaction_id FROM payment WHERE id = :id FOR UPDATE

-- name: refund_case lock_one
-- in:   id u64
-- out:  number str, channel payment_channel, amount money, refunded money, transaction_id str
SELECT payment_number AS number, channel, amount, refunded, transaction_id FROM finance_case WHERE id = :id FOR UPDATE

-- Never more than what came; what was refused is there again.
-- name: refund_of_payment exec
-- in:   id u64, amount money
UPDATE payment SET refunded = refunded + :amount WHERE id = :id AND state = 'succeeded' AND refunded + :amount BETWEEN 0 AND amount

-- name: refund_of_case exec
-- in:   id u64, amount money
UPDATE finance_case SET refunded = refunded + :amount WHERE id = :id AND refunded + :amount BETWEEN 0 AND amount

-- name: refund_insert exec
-- in:   id u64, number str, org u64, cause refund_cause, cause_id u64, cause_line u64, state refund_state, channel payment_channel, payment u64?, payment_number str, transaction_id str, paid money, amount money, why str, next_at instant,
--       out_journal u64
INSERT INTO refund (id, number, org_id, cause, cause_id, cause_line, state, channel, payment_id, payment_number, transaction_id, paid, amount, why, next_at, out_journal)
VALUES (:id, :number, :org, :cause, :cause_id, :cause_line, :state, :channel, :payment, :payment_number, :transaction_id, :paid, :amount, :why, :next_at, :out_journal)

-- name: refund_order_insert bulk
-- in:   refund u64, order u64, buyer u64, amount money
INSERT INTO refund_order (refund_id, order_id, buyer_id, amount) VALUES (:refund, :order, :buyer, :amount)

-- name: refund_due many
-- in:   now instant, limit i32
-- out:  id u64
SELECT id FROM refund WHERE next_at < :now ORDER BY next_at LIMIT :limit

-- name: refund_asking one
-- in:   id u64
-- out:  id u64, number str, state refund_state, channel payment_channel, payment_number str, transaction_id str, paid money, amount money, why str, tries u64
SELECT id, number, state, channel, payment_number, transaction_id, paid, amount, why, tries FROM refund WHERE id = :id

-- Takes the next call, so that of several instances one makes it; written before it is made.
-- name: refund_take exec
-- in:   id u64, tries u64, now instant, next_at instant
UPDATE refund SET tries = tries + 1, tried_at = :now, next_at = :next_at WHERE id = :id AND tries = :tries AND next_at < :now

-- name: refund_soon exec
-- in:   number str, now instant
UPDATE refund SET next_at = :now WHERE number = :number AND next_at > :now

-- The orders that wait for it are locked before it.
-- name: refund_order_lock lock_many
-- in:   refund u64
-- out:  id u64, buyer_id u64, number str, kind order_kind, state order_state, billing_mode billing_mode, product_id u64, plan_id u64, provider_id u64, quantity u64, payable money, paid money,
--       deadline_at instant?, combined_id u64?, coupon_id u64?, review bool
SELECT o.id, o.buyer_id, o.number, o.kind, o.state, o.billing_mode, o.product_id, o.plan_id, o.provider_id, o.quantity, o.payable, o.paid, o.deadline_at, o.combined_id, o.coupon_id, o.review
  FROM refund_order x STRAIGHT_JOIN orders o ON o.buyer_id = x.buyer_id AND o.id = x.order_id
 WHERE x.refund_id = :refund
 ORDER BY x.order_id LIMIT 30 FOR UPDATE

-- name: refund_find one
-- in:   number str
-- out:  id u64
SELECT id FROM refund WHERE number = :number

-- name: refund_lock lock_one
-- in:   id u64
-- out:  id u64, number str, org_id u64, cause refund_cause, cause_id u64, cause_line u64, state refund_state, channel payment_channel, payment_id u64?, payment_number str, amount money, tries u64, tried_at instant?, next_at instant?,
--       stopped_by u64?
SELECT id, number, org_id, cause, cause_id, cause_line, state, channel, payment_id, payment_number, amount, tries, tried_at, next_at, stopped_by FROM refund WHERE id = :id FOR UPDATE

-- name: refund_move exec
-- in:   id u64, from_state refund_state, to_state refund_state, refund_id str?, answer str?, next_at instant?, done_at instant?, stopped_by u64?, stopped_name str?
UPDATE refund SET state = :to_state, refund_id = COALESCE(:refund_id, refund_id), answer = COALESCE(:answer, answer), next_at = :next_at, done_at = :done_at,
       stopped_by = :stopped_by, stopped_name = :stopped_name
 WHERE id = :id AND state = :from_state

-- name: refund_end_journal exec
-- in:   id u64, journal u64
UPDATE refund SET end_journal = :journal WHERE id = :id AND end_journal IS NULL

-- name: refund_try_insert exec
-- in:   refund u64, try u64, step refund_call, begun_at instant, took_ms u64, answer str
INSERT INTO refund_try (refund_id, try, step, begun_at, took_ms, answer) VALUES (:refund, :try, :step, :begun_at, :took_ms, :answer)
    ON DUPLICATE KEY UPDATE took_ms = :took_ms, answer = :answer

-- What ends with an unsubscribe order: what the order that it refunds had made (REF-4).
-- name: refund_resource lock_many
-- in:   order u64
-- out:  id u64, buyer_id u64, order_id u64, order_line u64, state resource_state, delivery delivery_mode
SELECT r.id, r.buyer_id, r.order_id, r.order_line, r.state, r.delivery
  FROM order_line l JOIN orders u ON u.id = l.order_id JOIN resource r ON r.id = l.resource_id AND r.order_id = u.refunds_id
 WHERE l.order_id = :order AND r.state IN ('in_use', 'expired')
 ORDER BY r.id FOR UPDATE
