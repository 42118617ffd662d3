-- refuse: bulk needs VALUES

-- name: a bulk
-- in:   id u64
INSERT INTO t SELECT :id
