-- refuse: has no WHERE

-- name: a exec
-- in:   x u64?
DELETE FROM t [x? WHERE x = :x]
