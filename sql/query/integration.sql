-- What providers' systems were told (PRV-5, DEL-2).

-- name: integration_list many
-- in:   provider u64, state outbox_state?, before u64, limit i32
-- out:  id u64, state outbox_state, action str, tries u64, next_at instant?, created_at instant, done_at instant?, acknowledged_at instant?, resource_id u64, resource_name str, order_number str,
--       product_name str, status u64?, answer str?
SELECT b.id, b.state, b.action, b.tries, b.next_at, b.created_at, b.done_at, b.acknowledged_at, r.id AS resource_id, r.name AS resource_name, r.order_number, r.product_name,
       t.status, t.answer
  FROM outbox b
  JOIN resource r ON r.id = b.subject
  LEFT JOIN outbox_try t ON t.outbox_id = b.id AND t.try = b.tries
 WHERE b.provider_id = :provider AND b.id < :before
 [state? AND b.state = :state]
 ORDER BY b.id DESC LIMIT :limit

-- name: integration_show one
-- in:   provider u64, id u64
-- out:  id u64, state outbox_state, action str, tries u64, next_at instant?, created_at instant, done_at instant?, acknowledged_at instant?, resource_id u64, resource_name str, order_number str,
--       product_id u64, product_name str, sign_id str?
SELECT b.id, b.state, b.action, b.tries, b.next_at, b.created_at, b.done_at, b.acknowledged_at, r.id AS resource_id, r.name AS resource_name, r.order_number, r.product_id, r.product_name, r.sign_id
  FROM outbox b JOIN resource r ON r.id = b.subject
 WHERE b.id = :id AND b.provider_id = :provider

-- name: integration_tries many
-- in:   id u64
-- out:  try u64, begun_at instant, took_ms u64, status u64, answer str
SELECT try, begun_at, took_ms, status, answer FROM outbox_try WHERE outbox_id = :id ORDER BY try DESC LIMIT 50

-- name: integration_lock lock_one
-- in:   provider u64, id u64
-- out:  state outbox_state, action str, tries u64, overtaken bool
SELECT b.state, b.action, b.tries, EXISTS (SELECT 1 FROM outbox l WHERE l.subject = b.subject AND l.id > b.id AND l.state = 'done') AS overtaken FROM outbox b WHERE b.id = :id AND b.provider_id = :provider FOR UPDATE

-- A waiting one goes out at once, a failed one once more from the beginning.
-- name: integration_send exec
-- in:   id u64, state outbox_state, tries u64, now instant
UPDATE outbox SET state = 'waiting', tries = :tries, next_at = :now, done_at = NULL, acknowledged_at = NULL WHERE id = :id AND state = :state

-- name: integration_acknowledge exec
-- in:   id u64, now instant
UPDATE outbox SET acknowledged_at = :now WHERE id = :id AND state = 'failed' AND acknowledged_at IS NULL

-- Whose system was told of a resource.
-- name: integration_about one
-- in:   resource u64
-- out:  provider_id u64, product_name str
SELECT provider_id, product_name FROM resource WHERE id = :resource
