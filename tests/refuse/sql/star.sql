-- refuse: name the columns

-- name: a one
-- out:  id u64
SELECT * FROM t
