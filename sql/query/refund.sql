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
 WHERE l.order_id = :order AND r.state IN ('provisioning', 'in_use', 'expired')
 ORDER BY r.id FOR UPDATE

-- ---- pages of the finance desk ----

-- name: refund_list many
-- in:   state refund_state?, channel payment_channel?, number str?, before u64, limit i32
-- out:  id u64, number str, state refund_state, channel payment_channel, cause refund_cause, amount money, org_name str?, payment_number str, tries u64, next_at instant?, done_at instant?
SELECT r.id, r.number, r.state, r.channel, r.cause, r.amount, o.name AS org_name, r.payment_number, r.tries, r.next_at, r.done_at
  FROM refund r LEFT JOIN org o ON o.id = r.org_id
 WHERE r.id < :before
 [state? AND r.state = :state]
 [channel? AND r.channel = :channel]
 [number? AND r.id IN (SELECT a.id FROM refund a WHERE a.number = :number UNION SELECT b.id FROM payment p JOIN refund b ON b.payment_id = p.id WHERE p.number = :number
			 UNION SELECT x.refund_id FROM orders u JOIN refund_order x ON x.order_id = u.id WHERE u.number = :number)]
 ORDER BY r.id DESC LIMIT :limit

-- name: refund_show one
-- in:   number str
-- out:  id u64, number str, state refund_state, channel payment_channel, cause refund_cause, cause_id u64, amount money, paid money, org_id u64, org_name str?, payment_number str, transaction_id str, refund_id str?,
--       why str, answer str, tries u64, next_at instant?, done_at instant?, stopped_by u64?, stopped_name str?, out_journal u64, end_journal u64?
SELECT r.id, r.number, r.state, r.channel, r.cause, r.cause_id, r.amount, r.paid, r.org_id, o.name AS org_name, r.payment_number, r.transaction_id, r.refund_id,
       r.why, r.answer, r.tries, r.next_at, r.done_at, r.stopped_by, r.stopped_name, r.out_journal, r.end_journal
  FROM refund r LEFT JOIN org o ON o.id = r.org_id
 WHERE r.number = :number

-- name: refund_try_list many
-- in:   refund u64
-- out:  try u64, step refund_call, begun_at instant, took_ms u64, answer str
SELECT try, step, begun_at, took_ms, answer FROM refund_try WHERE refund_id = :refund ORDER BY try DESC, step DESC LIMIT 50

-- name: refund_order_list many
-- in:   refund u64
-- out:  number str, state order_state, amount money, origin money, refunds_number str
SELECT u.number, u.state, u.payable AS amount, x.amount AS origin, o.number AS refunds_number
  FROM refund_order x JOIN orders u ON u.buyer_id = x.buyer_id AND u.id = x.order_id JOIN orders o ON o.id = u.refunds_id
 WHERE x.refund_id = :refund ORDER BY x.order_id LIMIT 30

-- What it moved: to the sources of its orders, on its way, and at its end.
-- name: refund_posting_list many
-- in:   refund u64, out_journal u64, end_journal u64?
-- out:  kind journal_kind, account account_kind, owner_name str?, amount money, at instant
SELECT j.kind, p.kind AS account, IF(p.kind IN ('clearing', 'refund_due'), NULL, (SELECT o.name FROM org o WHERE o.id = p.owner)) AS owner_name, p.amount, j.booked_at AS at
  FROM (SELECT :out_journal AS id UNION SELECT :end_journal
	UNION SELECT b.id FROM refund_order x JOIN journal b ON b.order_id = x.order_id AND b.kind = 'order_refund' WHERE x.refund_id = :refund) i
  JOIN journal j ON j.id = i.id JOIN posting p ON p.journal_id = j.id
 ORDER BY j.id, p.line LIMIT 300

-- ---- refunds by finance ----

-- name: refund_order_find one
-- in:   number str
-- out:  id u64, buyer_id u64, kind order_kind, number str, product_name str, org_name str
SELECT o.id, o.buyer_id, o.kind, o.number, o.product_name, g.name AS org_name
  FROM orders o JOIN org g ON g.id = o.buyer_id
 WHERE o.number = :number

-- The resources that the order made and that are still there, or with their provider's people.
-- name: refund_line_list many
-- in:   order u64
-- out:  line u64, resource_id u64, name str, state resource_state, appealed bool
SELECT l.line, r.id AS resource_id, r.name, r.state, EXISTS (SELECT 1 FROM delivery d WHERE d.resource_id = r.id AND d.hold = 'appeal') AS appealed
  FROM order_line l JOIN resource r ON r.id = l.resource_id AND r.order_id = l.order_id
 WHERE l.order_id = :order AND (r.state IN ('in_use', 'expired') OR (r.state = 'provisioning' AND r.delivery = 'manual')) ORDER BY l.line LIMIT 100

-- name: refund_proposal_insert exec
-- in:   id u64, order u64, buyer u64, resource u64?, amount money, target refund_target, why str, by u64, name str
INSERT INTO refund_proposal (id, state, order_id, buyer_id, resource_id, amount, target, why, proposed_by, proposed_name)
VALUES (:id, 'proposed', :order, :buyer, :resource, :amount, :target, :why, :by, :name)

-- name: refund_proposal_show one
-- in:   id u64
-- out:  id u64, state refund_proposal_state, order_id u64, order_number str, buyer_id u64, product_name str, org_name str, resource_id u64?, resource_name str?, amount money, target refund_target, why str,
--       proposed_by u64, proposed_name str, decided_name str?, decided_at instant?, decided_why str, unsubscribe_number str?
SELECT p.id, p.state, p.order_id, o.number AS order_number, p.buyer_id, o.product_name, g.name AS org_name, p.resource_id,
       (SELECT r.name FROM resource r WHERE r.id = p.resource_id) AS resource_name, p.amount, p.target, p.why,
       p.proposed_by, p.proposed_name, p.decided_name, p.decided_at, p.decided_why, (SELECT u.number FROM orders u WHERE u.id = p.unsubscribe_id) AS unsubscribe_number
  FROM refund_proposal p JOIN orders o ON o.buyer_id = p.buyer_id AND o.id = p.order_id JOIN org g ON g.id = p.buyer_id
 WHERE p.id = :id

-- name: refund_proposal_list many
-- in:   limit i32
-- out:  id u64, state refund_proposal_state, order_number str, product_name str, org_name str, amount money, target refund_target, why str, proposed_name str
SELECT p.id, p.state, o.number AS order_number, o.product_name, g.name AS org_name, p.amount, p.target, p.why, p.proposed_name
  FROM refund_proposal p JOIN orders o ON o.buyer_id = p.buyer_id AND o.id = p.order_id JOIN org g ON g.id = p.buyer_id
 WHERE p.state = 'proposed' ORDER BY p.id DESC LIMIT :limit

-- name: refund_proposal_lock lock_one
-- in:   id u64
-- out:  state refund_proposal_state, proposed_by u64
SELECT state, proposed_by FROM refund_proposal WHERE id = :id FOR UPDATE

-- name: refund_proposal_decide exec
-- in:   id u64, state refund_proposal_state, by u64, name str, now instant, why str, unsubscribe u64?
UPDATE refund_proposal SET state = :state, decided_by = :by, decided_name = :name, decided_at = :now, decided_why = :why, unsubscribe_id = :unsubscribe
 WHERE id = :id AND state = 'proposed'
