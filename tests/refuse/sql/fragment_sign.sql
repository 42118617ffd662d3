-- refuse: a fragment begins [name? or [name!

-- name: a many
-- in:   id u64?
-- out:  id u64
SELECT id FROM t [id WHERE id = :id]
