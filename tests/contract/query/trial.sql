-- Statements that try every kind and type (tests/contract/db_*.c make their tables).

-- name: trial_insert bulk
-- in:   id u64, state order_state, code str, note str?, raw bytes?, price money, delta i64, small i32, flag bool, at instant, until instant?, day date?
INSERT INTO trial (id, state, code, note, raw, price, delta, small, flag, at, until, day)
VALUES (:id, :state, :code, :note, :raw, :price, :delta, :small, :flag, :at, :until, :day)

-- name: trial_show one
-- in:   id u64
-- out:  id u64, state order_state, code str, note str?, raw bytes?, price money, delta i64, small i32, flag bool, at instant, until instant?, day date?
SELECT id, state, code, note, raw, price, delta, small, flag, at, until, day FROM trial WHERE id = :id

-- name: trial_lock lock_one
-- in:   id u64
-- out:  price money
SELECT price FROM trial WHERE id = :id FOR UPDATE

-- name: trial_list many
-- in:   least u64, state order_state?, code str?, flagged bool, limit i32
-- out:  id u64, odd str
SELECT id, '?:x[''"]\'' AS odd FROM trial
 WHERE id >= :least AND id >= :least
 [state? AND state = :state]
 [code? AND code = :code] [code! AND code <> 'hidden']
 [flagged? AND flag = 1]
 ORDER BY id LIMIT :limit

-- name: trial_set_price exec
-- in:   id u64, price money
UPDATE trial SET price = :price WHERE id = :id

-- name: trial_add exec
-- in:   id u64, by money
UPDATE trial SET price = price + :by WHERE id = :id

-- name: trial_bulk_a bulk
-- in:   id u64, n i64
INSERT INTO trial_bulk (id, n) VALUES (:id, :n) ON DUPLICATE KEY UPDATE n = n + VALUES(n)

-- name: trial_bulk_b bulk
-- in:   id u64, n i64
REPLACE INTO trial_bulk (id, n) VALUES (:id, (:n + 1))

-- name: trial_bulk_c bulk
-- in:   id u64, n i64
INSERT IGNORE INTO trial_bulk (id, n) VALUES (:id, :n)

-- name: trial_broken exec
INSERT INTO no_such_table (id) VALUES (1)

-- What the contract check must refuse; the words are in tests/contract/db_check.c.

-- name: bad_name one
-- in:   id u64
-- out:  ident u64
SELECT id FROM trial WHERE id = :id

-- name: bad_sign one
-- in:   id u64
-- out:  delta u64
SELECT delta FROM trial WHERE id = :id

-- name: bad_type one
-- in:   id u64
-- out:  code bytes
SELECT code FROM trial WHERE id = :id

-- name: bad_width one
-- in:   id u64
-- out:  delta i32
SELECT delta FROM trial WHERE id = :id

-- name: bad_fraction one
-- in:   id u64
-- out:  coarse instant
SELECT coarse FROM trial WHERE id = :id

-- name: bad_null one
-- in:   id u64
-- out:  note str
SELECT note FROM trial WHERE id = :id

-- name: bad_join one
-- in:   id u64
-- out:  n i64
SELECT b.n FROM trial t LEFT JOIN trial_bulk b ON b.id = t.id WHERE t.id = :id

-- name: bad_sure one
-- in:   id u64
-- out:  code str?
SELECT code FROM trial WHERE id = :id

-- name: bad_enum one
-- in:   id u64
-- out:  kind order_state
SELECT kind FROM trial WHERE id = :id

-- name: bad_count one
-- in:   id u64
-- out:  id u64, code str
SELECT id FROM trial WHERE id = :id

-- name: bad_scan many
-- in:   price money
-- out:  id u64
SELECT id FROM trial WHERE price = :price

-- name: bad_order many
-- in:   state order_state?, limit i32
-- out:  id u64
SELECT id FROM trial [state? WHERE state = :state] ORDER BY code LIMIT :limit

-- name: bad_variant many
-- in:   code str?
-- out:  id u64
SELECT id FROM trial WHERE id = 1 [code? AND no_such = :code]

-- name: good_scan many
-- in:   price money
-- out:  id u64
-- scan: to show that the reason is heard
SELECT id FROM trial WHERE price = :price

-- name: good_first many
-- out:  id u64
SELECT id FROM trial_bulk ORDER BY id DESC LIMIT 1

-- name: bad_first many
-- in:   n i64
-- out:  id u64
SELECT id FROM trial_bulk WHERE n = :n ORDER BY id DESC LIMIT 1
