-- refuse: an empty line must end a

-- name: a one
-- out:  id u64
SELECT id FROM t
-- name: b one
-- out:  id u64
SELECT id FROM t
