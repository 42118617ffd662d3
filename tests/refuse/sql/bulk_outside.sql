-- refuse: has its parameters in the VALUES row

-- name: a bulk
-- in:   id u64
INSERT INTO t (id) VALUES (:id) ON DUPLICATE KEY UPDATE x = :id
