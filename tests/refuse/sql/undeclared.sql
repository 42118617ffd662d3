-- refuse: :id is not an input of a

-- name: a one
-- out:  id u64
SELECT id FROM t WHERE id = :id
