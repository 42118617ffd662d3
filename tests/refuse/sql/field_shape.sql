-- refuse: a field is a name and a type

-- name: a one
-- out:  id u64 unsigned
SELECT id FROM t
