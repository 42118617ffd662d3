-- refuse: does not fit the kind exec

-- name: a exec
SELECT id FROM t
