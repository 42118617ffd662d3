-- refuse: unknown annotation

-- name: a one
-- inputs: id u64
-- out:  id u64
SELECT id FROM t
