-- Warnings before resources end (ACC-16).

-- How far the warnings so many days before the end are.
-- name: expiry_watch lock_one
-- in:   days i32
-- out:  up_to instant, buyer_id u64, id u64
SELECT up_to, buyer_id, id FROM expiry_watch WHERE days = :days FOR UPDATE

-- name: expiry_watch_move exec
-- in:   days i32, up_to instant, buyer u64, id u64
UPDATE expiry_watch SET up_to = :up_to, buyer_id = :buyer, id = :id WHERE days = :days

-- Those in use that end from there on, one after the other; what is bound to another ends with it.
-- name: expiry_due many
-- in:   from instant, buyer u64, id u64, to instant, limit i32
-- out:  buyer_id u64, id u64, name str, begin_at instant?, end_at instant?, bound bool
SELECT r.buyer_id, r.id, r.name, r.begin_at, r.end_at, r.main_id IS NOT NULL AS bound
  FROM resource r
 WHERE r.state = 'in_use' AND r.end_at >= :from AND r.end_at < :to AND (r.end_at > :from OR (r.buyer_id, r.id) > (:buyer, :id))
 ORDER BY r.end_at, r.buyer_id, r.id LIMIT :limit
