-- The days that are otherwise than their weekday says (NUM-5).

-- name: workday_list many
-- in:   from date, to date
-- out:  day date, working bool, name str
SELECT day, working, name FROM workday_exception WHERE day >= :from AND day <= :to ORDER BY day LIMIT 5000

-- name: workday_lock lock_many
-- in:   from date, to date
-- out:  day date, working bool, name str
SELECT day, working, name FROM workday_exception WHERE day >= :from AND day <= :to ORDER BY day LIMIT 5000 FOR UPDATE

-- name: workday_put bulk
-- in:   day date, working bool, name str
INSERT INTO workday_exception (day, working, name) VALUES (:day, :working, :name)
    ON DUPLICATE KEY UPDATE working = VALUES(working), name = VALUES(name)

-- name: workday_delete exec
-- in:   from date, to date
DELETE FROM workday_exception WHERE day >= :from AND day <= :to
