-- refuse: no comments inside a statement

-- name: a one
-- out:  id u64
SELECT id /*!50000 , x */ FROM t
