-- refuse: is not understood here

-- name: a one
-- out:  id u64
SELECT @x := id AS id FROM t
