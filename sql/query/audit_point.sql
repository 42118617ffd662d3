-- Where the next audit begins (MON-2).

-- name: audit_point_show many
-- out:  journal_id u64, journal_seq u64, journal_hash bytes, log_seq u64, log_hash bytes, log_id u64, audited_at instant, full_at instant
SELECT journal_id, journal_seq, journal_hash, log_seq, log_hash, log_id, audited_at, full_at FROM audit_point WHERE id = 1

-- name: audit_point_begin exec
-- in:   none bytes, now instant
INSERT IGNORE INTO audit_point (id, journal_id, journal_seq, journal_hash, log_seq, log_hash, log_id, audited_at, full_at)
VALUES (1, 0, 0, :none, 0, :none, 0, :now, :now)

-- One seal further: only from the seal before, so that of two audits one moves it.
-- name: audit_point_step exec
-- in:   seq u64
UPDATE audit_point p JOIN journal_seal s ON s.seq = :seq
   SET p.journal_id = s.last_id, p.journal_seq = s.seq, p.journal_hash = s.hash WHERE p.id = 1 AND p.journal_seq = :seq - 1

-- What the postings of that seal add to each account.
-- name: account_point_step exec
-- in:   seq u64
INSERT INTO account_point (owner, kind, shard, balance)
SELECT q.owner, q.kind, q.shard, SUM(q.amount)
  FROM journal_seal s LEFT JOIN journal_seal b ON b.seq = s.seq - 1 JOIN posting q ON q.journal_id > COALESCE(b.last_id, 0) AND q.journal_id <= s.last_id
 WHERE s.seq = :seq GROUP BY q.owner, q.kind, q.shard
    ON DUPLICATE KEY UPDATE balance = account_point.balance + VALUES(balance)

-- name: audit_point_end exec
-- in:   log_seq u64, log_hash bytes, log_id u64, now instant, full bool
UPDATE audit_point SET log_seq = :log_seq, log_hash = :log_hash, log_id = :log_id, audited_at = :now, full_at = IF(:full, :now, full_at) WHERE id = 1 AND audited_at <= :now
