-- The chain over the books.

-- name: journal_seal_last many
-- out:  seq u64, last_id u64, hash bytes
SELECT seq, last_id, hash FROM journal_seal ORDER BY seq DESC LIMIT 1

-- name: journal_seal_list many
-- in:   after_seq u64, limit i32
-- out:  seq u64, day date, last_id u64, hash bytes
SELECT seq, day, last_id, hash FROM journal_seal WHERE seq > :after_seq ORDER BY seq LIMIT :limit

-- name: journal_seal_insert exec
-- in:   seq u64, day date, last_id u64, journals u64, postings u64, now instant, hash bytes
INSERT INTO journal_seal (seq, day, last_id, journals, postings, sealed_at, hash) VALUES (:seq, :day, :last_id, :journals, :postings, :now, :hash)

-- name: journal_piece many
-- in:   after u64, upto u64, limit i32
-- out:  id u64, kind journal_kind, org_id u64, order_id u64?, payment_id u64?, number str?, booked_at instant
SELECT id, kind, org_id, order_id, payment_id, number, booked_at FROM journal WHERE id > :after AND id <= :upto ORDER BY id LIMIT :limit

-- name: posting_piece many
-- in:   after u64, upto u64
-- out:  journal_id u64, line u64, owner u64, kind account_kind, shard u64, amount money, place u64, known bool, balance money
SELECT journal_id, line, owner, kind, shard, amount, place, after IS NOT NULL AS known, COALESCE(after, 0) AS balance
  FROM posting WHERE journal_id > :after AND journal_id <= :upto ORDER BY journal_id, line LIMIT 9000
