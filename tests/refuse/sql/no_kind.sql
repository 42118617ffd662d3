-- refuse: -- name: needs a name and a kind

-- name: a
SELECT 1
