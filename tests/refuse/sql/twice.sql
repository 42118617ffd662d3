-- refuse: query a stands twice

-- name: a one
-- out:  id u64
SELECT id FROM t

-- name: a one
-- out:  id u64
SELECT id FROM t
