-- refuse: ] without [

-- name: a many
-- out:  id u64
SELECT id FROM t WHERE id = 1]
