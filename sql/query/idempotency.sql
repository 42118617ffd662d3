-- name: idempotency_insert exec
-- in:   scope u64, key str, body_hash bytes, now instant
INSERT INTO idempotency (scope, idem_key, body_hash, status, location, created_at) VALUES (:scope, :key, :body_hash, 0, '', :now)

-- name: idempotency_answer exec
-- in:   scope u64, key str, status u64, location str, body str?
UPDATE idempotency SET status = :status, location = :location, body = :body WHERE scope = :scope AND idem_key = :key

-- name: idempotency_show one
-- in:   scope u64, key str
-- out:  body_hash bytes, status u64, location str, body str?
SELECT body_hash, status, location, body FROM idempotency WHERE scope = :scope AND idem_key = :key

-- name: idempotency_purge exec
-- in:   before instant
DELETE FROM idempotency WHERE created_at < :before LIMIT 1000
