-- refuse: one statement, without a semicolon

-- name: a exec
DELETE FROM t WHERE id = 1; DROP TABLE t
