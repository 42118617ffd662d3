-- refuse: does not fit the kind one

-- name: a one
-- out:  id u64
DELETE FROM t WHERE id = 1 RETURNING id
