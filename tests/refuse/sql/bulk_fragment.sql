-- refuse: a bulk query has no fragments

-- name: a bulk
-- in:   id u64?
INSERT INTO t (id) VALUES (1 [id? + :id])
