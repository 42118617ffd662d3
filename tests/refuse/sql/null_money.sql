-- refuse: money may not be NULL

-- name: a one
-- out:  price money?
SELECT price FROM t
