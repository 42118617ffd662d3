-- refuse: fragments do not nest

-- name: a many
-- in:   id u64?, x u64?
-- out:  id u64
SELECT id FROM t [id? WHERE id = :id [x? AND x = :x]]
