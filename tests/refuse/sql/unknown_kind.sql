-- refuse: unknown kind list

-- name: a list
-- out:  id u64
SELECT id FROM t
