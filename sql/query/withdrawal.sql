-- Withdrawals (MON-12).

-- name: withdrawal_org one
-- in:   id u64
-- out:  name str, freeze freeze_kind?
SELECT name, freeze_kind AS freeze FROM org WHERE id = :id

-- An organisation's cash, alone in its hands: two withdrawals come one after the other.
-- name: withdrawal_cash_lock lock_many
-- in:   org u64
-- out:  balance money
SELECT balance FROM account WHERE owner = :org AND kind = 'cash' AND shard = 0 FOR UPDATE

-- What came through a channel, is not spent and has not gone back: of a top-up all of it, of orders what their refunds gave back to the cash.
-- name: withdrawal_room many
-- in:   org u64, since u64, limit i32
-- out:  id u64, number str, channel payment_channel, amount money, paid_at instant?, room money
SELECT p.id, p.number, p.channel, p.amount, p.paid_at,
       CAST(IF(p.purpose = 'topup', p.amount, COALESCE((SELECT SUM(x.cash_returned) FROM payment_order x WHERE x.payment_id = p.id), 0)) - p.refunded -
	    COALESCE((SELECT SUM(y.amount) FROM withdrawal_part y WHERE y.payment_id = p.id AND y.state = 'planned'), 0) AS SIGNED) AS room
  FROM payment p
 WHERE p.org_id = :org AND p.id >= :since AND p.state = 'succeeded' AND p.channel <> 'balance'
HAVING room > 0 ORDER BY p.id DESC LIMIT :limit

-- name: withdrawal_insert exec
-- in:   org u64, id u64, number str, amount money, payee_name str, payee_bank bank_code?, payee_branch str, payee_account str, asked_by u64, asked_name str, now instant
INSERT INTO withdrawal (org_id, id, number, state, amount, payee_name, payee_bank, payee_branch, payee_account, asked_by, asked_name, created_at)
VALUES (:org, :id, :number, 'requested', :amount, :payee_name, :payee_bank, :payee_branch, :payee_account, :asked_by, :asked_name, :now)

-- name: withdrawal_part_insert bulk
-- in:   withdrawal u64, line u64, payment u64?, amount money
INSERT INTO withdrawal_part (withdrawal_id, line, payment_id, amount, state) VALUES (:withdrawal, :line, :payment, :amount, 'planned')

-- name: withdrawal_lock lock_many
-- in:   number str?, id u64
-- out:  org_id u64, id u64, number str, state withdrawal_state, amount money, payee_name str, payee_bank bank_code?, payee_account str
SELECT org_id, id, number, state, amount, payee_name, payee_bank, payee_account FROM withdrawal WHERE [number? number = :number] [number! id = :id] FOR UPDATE

-- name: withdrawal_part_lock lock_many
-- in:   withdrawal u64
-- out:  line u64, payment_id u64?, amount money, state withdrawal_part_state
SELECT line, payment_id, amount, state FROM withdrawal_part WHERE withdrawal_id = :withdrawal ORDER BY line FOR UPDATE

-- name: withdrawal_part_move exec
-- in:   withdrawal u64, line u64, from_state withdrawal_part_state, to_state withdrawal_part_state, subject u64?, why str
UPDATE withdrawal_part SET state = :to_state, subject_id = COALESCE(:subject, subject_id), why = :why
 WHERE withdrawal_id = :withdrawal AND line = :line AND state = :from_state

-- name: withdrawal_move exec
-- in:   org u64, id u64, from_state withdrawal_state, to_state withdrawal_state, decided_by u64?, decided_name str?, decided_at instant?, reason str?, ended_at instant?
UPDATE withdrawal SET state = :to_state, decided_by = COALESCE(:decided_by, decided_by), decided_name = COALESCE(:decided_name, decided_name),
       decided_at = COALESCE(:decided_at, decided_at), reason = COALESCE(:reason, reason), ended_at = COALESCE(:ended_at, ended_at)
 WHERE org_id = :org AND id = :id AND state = :from_state

-- name: withdrawal_list many
-- in:   org u64, before u64, limit i32
-- out:  id u64, number str, state withdrawal_state, amount money, created_at instant, decided_at instant?, ended_at instant?, by_bank i64
SELECT w.id, w.number, w.state, w.amount, w.created_at, w.decided_at, w.ended_at,
       COALESCE((SELECT p.amount FROM withdrawal_part p WHERE p.withdrawal_id = w.id AND p.line = 0), 0) AS by_bank
  FROM withdrawal w
 WHERE w.org_id = :org AND w.id < :before
 ORDER BY w.id DESC LIMIT :limit

-- name: withdrawal_queue many
-- in:   state withdrawal_state, before u64, limit i32
-- out:  id u64, number str, org_name str, state withdrawal_state, amount money, created_at instant, decided_at instant?, ended_at instant?, by_bank i64
SELECT w.id, w.number, o.name AS org_name, w.state, w.amount, w.created_at, w.decided_at, w.ended_at,
       COALESCE((SELECT p.amount FROM withdrawal_part p WHERE p.withdrawal_id = w.id AND p.line = 0), 0) AS by_bank
  FROM withdrawal w JOIN org o ON o.id = w.org_id
 WHERE w.state = :state AND w.id < :before
 ORDER BY w.id DESC LIMIT :limit

-- name: withdrawal_show one
-- in:   number str, org u64?
-- out:  id u64, org_id u64, org_name str, freeze freeze_kind?, number str, state withdrawal_state, amount money, payee_name str, payee_bank bank_code?, payee_branch str, payee_account str,
--       asked_name str, created_at instant, decided_name str, decided_at instant?, reason str, ended_at instant?
SELECT w.id, w.org_id, o.name AS org_name, o.freeze_kind AS freeze, w.number, w.state, w.amount, w.payee_name, w.payee_bank, w.payee_branch, w.payee_account,
       w.asked_name, w.created_at, w.decided_name, w.decided_at, w.reason, w.ended_at
  FROM withdrawal w JOIN org o ON o.id = w.org_id
 WHERE w.number = :number [org? AND w.org_id = :org]

-- name: withdrawal_part_list many
-- in:   withdrawal u64
-- out:  line u64, payment_number str?, channel payment_channel?, amount money, state withdrawal_part_state, why str
SELECT y.line, p.number AS payment_number, p.channel, y.amount, y.state, y.why
  FROM withdrawal_part y LEFT JOIN payment p ON p.id = y.payment_id
 WHERE y.withdrawal_id = :withdrawal ORDER BY y.line LIMIT 100

-- name: payee_list many
-- in:   org u64
-- out:  id u64, name str, bank bank_code, branch str, account str, is_default bool
SELECT id, name, bank, branch, account, is_default FROM payee_account WHERE org_id = :org ORDER BY is_default DESC, id LIMIT 20

-- name: payee_count one
-- in:   org u64
-- out:  n i64
SELECT COUNT(*) AS n FROM payee_account WHERE org_id = :org

-- name: payee_one one
-- in:   org u64, id u64
-- out:  name str, bank bank_code, branch str, account str
SELECT name, bank, branch, account FROM payee_account WHERE org_id = :org AND id = :id

-- name: payee_insert exec
-- in:   org u64, id u64, name str, bank bank_code, branch str, account str, first bool, now instant
INSERT INTO payee_account (org_id, id, name, bank, branch, account, is_default, created_at) VALUES (:org, :id, :name, :bank, :branch, :account, :first, :now)

-- name: payee_default exec
-- in:   org u64, id u64
UPDATE payee_account SET is_default = (id = :id) WHERE org_id = :org

-- name: payee_remove exec
-- in:   org u64, id u64
DELETE FROM payee_account WHERE org_id = :org AND id = :id
