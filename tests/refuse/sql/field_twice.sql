-- refuse: field id stands twice

-- name: a one
-- out:  id u64, id u64
SELECT id, id FROM t
