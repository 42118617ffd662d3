-- Calls of an API that buyers try (DEL-13).

-- name: api_try_count lock_one
-- in:   buyer u64, since u64
-- out:  n i64
SELECT COUNT(*) AS n FROM api_try WHERE buyer_id = :buyer AND id >= :since FOR UPDATE

-- name: api_try_insert exec
-- in:   buyer u64, id u64, resource u64, method api_method, url str, added str, body str, typed str, now instant
INSERT INTO api_try (buyer_id, id, resource_id, state, method, url, added, body, typed, asked_at, next_at)
VALUES (:buyer, :id, :resource, 'waiting', :method, :url, :added, :body, :typed, :now, :now)

-- name: api_try_show one
-- in:   buyer u64, resource u64, id u64
-- out:  state api_try_state, method api_method, url str, added str, body str, typed str, asked_at instant, headers str, status u64, type str, answer str?, cut bool, took_ms u64, taken bool, left_n i64
SELECT state, method, url, added, body, typed, asked_at, headers, status, type, answer, cut, took_ms, taken, left_n
  FROM api_try WHERE buyer_id = :buyer AND id = :id AND resource_id = :resource

-- name: api_try_take lock_many
-- in:   now instant
-- out:  buyer_id u64, id u64, resource_id u64, state api_try_state, method api_method, url str, added str, body str
SELECT buyer_id, id, resource_id, state, method, url, added, body
  FROM api_try WHERE next_at <= :now ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED

-- name: api_try_key one
-- in:   buyer u64, resource u64
-- out:  product_id u64, id u64, secret_id str, version u64, sealed bytes
SELECT r.product_id, k.id, k.secret_id, k.version, k.sealed
  FROM resource r JOIN api_key k ON k.buyer_id = r.buyer_id AND k.product_id = r.product_id WHERE r.buyer_id = :buyer AND r.id = :resource

-- name: api_try_move exec
-- in:   buyer u64, id u64, from api_try_state, to api_try_state, next_at instant
UPDATE api_try SET state = :to, next_at = :next_at WHERE buyer_id = :buyer AND id = :id AND state = :from

-- name: api_try_done exec
-- in:   buyer u64, id u64, state api_try_state, headers str, status u64, type str, answer str?, cut bool, took_ms u64, taken bool, left_n i64, next_at instant
UPDATE api_try SET state = :state, headers = :headers, status = :status, type = :type, answer = :answer, cut = :cut, took_ms = :took_ms, taken = :taken, left_n = :left_n,
       next_at = :next_at
 WHERE buyer_id = :buyer AND id = :id AND state = 'calling'

-- name: api_try_forget exec
-- in:   buyer u64, id u64
DELETE FROM api_try WHERE buyer_id = :buyer AND id = :id
