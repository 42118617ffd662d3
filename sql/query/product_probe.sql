-- Connection checks of products whose provider's own system delivers (PRV-5).

-- name: product_probe_show many
-- in:   product u64
-- out:  dialect dialect, webhook_url str, state probe_state, answer str, checked_at instant?
SELECT dialect, webhook_url, state, answer, checked_at FROM product_probe WHERE product_id = :product

-- name: product_probe_ask exec
-- in:   product u64, dialect dialect, webhook_url str, now instant
INSERT INTO product_probe (product_id, dialect, webhook_url, state, asked_at, next_at) VALUES (:product, :dialect, :webhook_url, 'waiting', :now, :now)
    ON DUPLICATE KEY UPDATE dialect = VALUES(dialect), webhook_url = VALUES(webhook_url), state = 'waiting', answer = '', asked_at = VALUES(asked_at), checked_at = NULL, next_at = VALUES(next_at)

-- Another secret: nothing is known any more.
-- name: product_probe_forget exec
-- in:   product u64
DELETE FROM product_probe WHERE product_id = :product

-- What sells is asked again.
-- name: product_probe_again exec
-- in:   product u64, now instant
INSERT INTO product_probe (product_id, dialect, webhook_url, state, asked_at, next_at)
SELECT id, dialect, webhook_url, 'waiting', :now, :now FROM product WHERE id = :product AND state = 'listed' AND dialect IS NOT NULL AND webhook_url <> ''

-- name: product_probe_take lock_many
-- in:   now instant
-- out:  product_id u64, dialect dialect, webhook_url str, asked_at instant, webhook_secret bytes?, old_secret bytes?, old_secret_until instant?, listed bool,
--       provider_id u64, name str
SELECT k.product_id, k.dialect, k.webhook_url, k.asked_at, p.webhook_secret, p.old_secret, p.old_secret_until, p.state = 'listed' AS listed,
       p.provider_id, p.name
  FROM product_probe k STRAIGHT_JOIN product p ON p.id = k.product_id
 WHERE k.next_at < :now ORDER BY k.next_at LIMIT 1 FOR UPDATE SKIP LOCKED

-- The next time is written before the call.
-- name: product_probe_next exec
-- in:   product u64, next_at instant
UPDATE product_probe SET next_at = :next_at WHERE product_id = :product

-- It fails, and did not before.
-- name: product_probe_fail exec
-- in:   product u64, asked_at instant
UPDATE product_probe SET state = 'failed' WHERE product_id = :product AND asked_at = :asked_at AND state <> 'failed'

-- name: product_probe_done exec
-- in:   product u64, asked_at instant, state probe_state, answer str, now instant, next_at instant?
UPDATE product_probe SET state = :state, answer = :answer, checked_at = :now, next_at = :next_at WHERE product_id = :product AND asked_at = :asked_at
