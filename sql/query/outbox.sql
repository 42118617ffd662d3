-- Effects outside, carried out by the jobs.

-- name: outbox_insert bulk
-- in:   id u64, kind outbox_kind, subject u64, action str, now instant
INSERT INTO outbox (id, kind, state, subject, action, next_at, created_at) VALUES (:id, :kind, 'waiting', :subject, :action, :now, :now)

-- The next due rows that no other instance works on; a row waits while an older one of its subject is not done, but a message's SMS not for its e-mail.
-- calm: the mail server does not answer and is left alone.
-- name: outbox_take lock_many
-- in:   now instant, calm bool, limit i32
-- out:  id u64, kind outbox_kind, subject u64, action str, tries u64
SELECT b.id, b.kind, b.subject, b.action, b.tries
  FROM outbox b
 WHERE b.next_at < :now
   AND (b.action = 'sms' OR NOT EXISTS (SELECT 1 FROM outbox e WHERE e.subject = b.subject AND e.id < b.id AND e.state = 'waiting'))
 [calm? AND b.action <> 'email']
 ORDER BY b.next_at LIMIT :limit FOR UPDATE SKIP LOCKED

-- The next attempt is written before the call: a crash repeats it, never forgets it.
-- name: outbox_try_next exec
-- in:   id u64, tries u64, next_at instant
UPDATE outbox SET tries = tries + 1, next_at = :next_at,
       provider_id = IF(kind = 'provision', COALESCE(provider_id, (SELECT r.provider_id FROM resource r WHERE r.id = subject)), NULL)
 WHERE id = :id AND tries = :tries AND state = 'waiting'

-- name: outbox_done exec
-- in:   id u64, state outbox_state, now instant
UPDATE outbox SET state = :state, next_at = NULL, done_at = :now WHERE id = :id AND state = 'waiting'

-- name: outbox_try_insert exec
-- in:   outbox u64, try u64, begun_at instant, took_ms u64, status u64, answer str
INSERT INTO outbox_try (outbox_id, try, begun_at, took_ms, status, answer) VALUES (:outbox, :try, :begun_at, :took_ms, :status, :answer)
    ON DUPLICATE KEY UPDATE took_ms = :took_ms, status = :status, answer = :answer
