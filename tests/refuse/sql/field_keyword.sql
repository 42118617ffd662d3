-- refuse: not a name in lower case: "default u64"

-- name: a one
-- out:  default u64
SELECT x AS `default` FROM t
