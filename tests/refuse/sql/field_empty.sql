-- refuse: a field is a name and a type

-- name: a one
-- out:  id u64,, x u64
SELECT id, x FROM t
