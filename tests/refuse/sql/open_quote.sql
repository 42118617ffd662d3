-- refuse: quote is not closed

-- name: a one
-- out:  id u64
SELECT id FROM t WHERE x = 'it\'
