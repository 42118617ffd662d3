-- refuse: one statement, without a semicolon

-- name: a one
-- out:  id u64
SELECT id FROM t;
