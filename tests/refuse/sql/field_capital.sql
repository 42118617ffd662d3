-- refuse: not a name in lower case

-- name: a one
-- out:  Id u64
SELECT Id FROM t
