-- refuse: a has no statement

-- name: a one
-- out:  id u64

