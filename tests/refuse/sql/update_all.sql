-- refuse: has no WHERE

-- name: a exec
-- in:   x u64
UPDATE t SET x = :x
