-- refuse: does not fit the kind exec

-- name: a exec
DROP TABLE t
