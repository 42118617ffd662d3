-- refuse: order_stat is no type, and no enum

-- name: a one
-- out:  x order_stat
SELECT x FROM t
