-- refuse: input id is not used

-- name: a one
-- in:   id u64
-- out:  id u64
SELECT id FROM t WHERE x = ':id'
