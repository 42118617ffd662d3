-- refuse: has no -- out:

-- name: a exec
-- out:  id u64
UPDATE t SET x = 1 WHERE id = 1
