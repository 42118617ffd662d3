-- Money that banks are told to pay (ISO-7), and the files that tell them.

-- name: payout_insert exec
-- in:   id u64, number str, cause payout_cause, cause_id u64, org u64, name str, account str, bank bank_code?, amount money, purpose str, now instant
INSERT INTO payout (id, number, cause, cause_id, org_id, name, account, bank, amount, purpose, state, created_at)
VALUES (:id, :number, :cause, :cause_id, :org, :name, :account, :bank, :amount, :purpose, 'waiting', :now)

-- name: payout_by_number one
-- in:   number str
-- out:  id u64, state payout_state, amount money, why str, ended_at instant?
SELECT id, state, amount, why, ended_at FROM payout WHERE number = :number

-- name: payout_lock lock_many
-- in:   number str
-- out:  id u64, number str, cause payout_cause, cause_id u64, org_id u64, state payout_state, amount money, batch_id u64?
SELECT id, number, cause, cause_id, org_id, state, amount, batch_id FROM payout WHERE number = :number FOR UPDATE

-- name: payout_lock_some lock_many
-- in:   numbers str
-- out:  id u64, number str, cause payout_cause, cause_id u64, org_id u64, state payout_state, amount money, batch_id u64?, name str, account str, bank bank_code?, purpose str
-- scan: the numbers that were asked for
SELECT o.id, o.number, o.cause, o.cause_id, o.org_id, o.state, o.amount, o.batch_id, o.name, o.account, o.bank, o.purpose
  FROM JSON_TABLE(:numbers, '$[*]' COLUMNS (number VARCHAR(35) CHARACTER SET ascii COLLATE ascii_bin PATH '$')) t STRAIGHT_JOIN payout o ON o.number = t.number
 ORDER BY o.id FOR UPDATE

-- name: payout_lock_batch lock_many
-- in:   batch u64
-- out:  id u64, number str, cause payout_cause, cause_id u64, org_id u64, state payout_state, amount money, batch_id u64?
SELECT id, number, cause, cause_id, org_id, state, amount, batch_id FROM payout WHERE batch_id = :batch ORDER BY id FOR UPDATE

-- name: payout_move exec
-- in:   id u64, from_state payout_state, to_state payout_state, batch u64?, why str, ended_at instant?
UPDATE payout SET state = :to_state, batch_id = :batch, why = :why, ended_at = :ended_at WHERE id = :id AND state = :from_state

-- name: payout_batch_insert exec
-- in:   id u64, number str, bank bank_code, account str, payouts u64, total money, document bytes, made_by u64, made_name str, now instant
INSERT INTO payout_batch (id, number, bank, account, state, payouts, total, document, made_by, made_name, created_at)
VALUES (:id, :number, :bank, :account, 'proposed', :payouts, :total, :document, :made_by, :made_name, :now)

-- name: payout_batch_lock lock_one
-- in:   number str?, id u64
-- out:  id u64, number str, state payout_batch_state, made_by u64
SELECT id, number, state, made_by FROM payout_batch WHERE [number? number = :number] [number! id = :id] FOR UPDATE

-- name: payout_batch_move exec
-- in:   id u64, from_state payout_batch_state, to_state payout_batch_state, decided_by u64?, decided_name str?, decided_at instant?, closed_at instant?
UPDATE payout_batch SET state = :to_state, decided_by = COALESCE(:decided_by, decided_by), decided_name = COALESCE(:decided_name, decided_name),
       decided_at = COALESCE(:decided_at, decided_at), closed_at = COALESCE(:closed_at, closed_at)
 WHERE id = :id AND state = :from_state

-- name: payout_batch_left lock_one
-- in:   batch u64
-- out:  n i64
SELECT COUNT(*) AS n FROM payout WHERE batch_id = :batch AND state = 'sent' FOR UPDATE

-- Files that are approved and do not lie in the bank's folder yet.
-- name: payout_batch_due many
-- in:   limit i32
-- out:  id u64, number str, bank bank_code, document bytes
SELECT id, number, bank, document FROM payout_batch WHERE state = 'approved' AND filed_at IS NULL ORDER BY id LIMIT :limit

-- name: payout_batch_filed exec
-- in:   id u64, now instant
UPDATE payout_batch SET filed_at = :now WHERE id = :id AND filed_at IS NULL

-- name: payout_list many
-- in:   state payout_state, before u64, limit i32
-- out:  id u64, number str, cause payout_cause, org_name str?, name str, account str, bank bank_code?, amount money, purpose str, state payout_state, batch_number str?, why str, created_at instant, ended_at instant?
SELECT p.id, p.number, p.cause, o.name AS org_name, p.name, p.account, p.bank, p.amount, p.purpose, p.state, b.number AS batch_number, p.why, p.created_at, p.ended_at
  FROM payout p LEFT JOIN org o ON o.id = p.org_id LEFT JOIN payout_batch b ON b.id = p.batch_id
 WHERE p.state = :state AND p.id < :before
 ORDER BY p.id DESC LIMIT :limit

-- name: payout_of_batch many
-- in:   batch u64
-- out:  number str, cause payout_cause, org_name str?, name str, account str, bank bank_code?, amount money, state payout_state, why str, ended_at instant?
SELECT p.number, p.cause, o.name AS org_name, p.name, p.account, p.bank, p.amount, p.state, p.why, p.ended_at
  FROM payout p LEFT JOIN org o ON o.id = p.org_id
 WHERE p.batch_id = :batch ORDER BY p.id LIMIT 1000

-- name: payout_batch_list many
-- in:   state payout_batch_state?, before u64, limit i32
-- out:  id u64, number str, bank bank_code, state payout_batch_state, payouts u64, total money, made_name str, decided_name str, created_at instant, decided_at instant?, filed_at instant?
SELECT id, number, bank, state, payouts, total, made_name, decided_name, created_at, decided_at, filed_at
  FROM payout_batch
 WHERE id < :before
 [state? AND state = :state]
 ORDER BY id DESC LIMIT :limit

-- name: payout_batch_show one
-- in:   number str
-- out:  id u64, number str, bank bank_code, account str, state payout_batch_state, payouts u64, total money, made_by u64, made_name str, decided_name str, created_at instant, decided_at instant?, filed_at instant?, closed_at instant?
SELECT id, number, bank, account, state, payouts, total, made_by, made_name, decided_name, created_at, decided_at, filed_at, closed_at
  FROM payout_batch WHERE number = :number

-- name: payout_batch_document one
-- in:   number str
-- out:  state payout_batch_state, document bytes
SELECT state, document FROM payout_batch WHERE number = :number
