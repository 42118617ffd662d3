-- refuse: has no WHERE

-- name: a exec
UPDATE t SET x = ' WHERE '
