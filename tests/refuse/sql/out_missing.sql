-- refuse: needs -- out:

-- name: a one
SELECT id FROM t
