-- refuse: needs an input that may be NULL, or a bool

-- name: a many
-- in:   id u64
-- out:  id u64
SELECT id FROM t [id? WHERE id = :id]
