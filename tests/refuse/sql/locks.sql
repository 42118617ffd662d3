-- refuse: use lock_one or lock_many

-- name: a one
-- out:  id u64
SELECT id FROM t FOR UPDATE
