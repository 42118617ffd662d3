-- The books: written by src/app/ledger.c only.

-- name: journal_insert bulk
-- in:   id u64, kind journal_kind, org u64, order u64?, payment u64?, number str?, now instant
INSERT INTO journal (id, kind, org_id, order_id, payment_id, number, booked_at) VALUES (:id, :kind, :org, :order, :payment, :number, :now)

-- What the account held after it is known of bounded accounts.
-- name: posting_insert bulk
-- in:   journal u64, line u64, owner u64, kind account_kind, shard u64, amount money, place u64, bounded bool, after money
INSERT INTO posting (journal_id, line, owner, kind, shard, amount, place, after)
VALUES (:journal, :line, :owner, :kind, :shard, :amount, :place, IF(:bounded, :after, NULL))

-- An account that is not there yet begins with this amount.  place 0: nobody asks for the order of its postings; the step is LEDGER_STEP.
-- name: account_add bulk
-- in:   owner u64, kind account_kind, shard u64, amount money, place u64
-- out:  balance money, last_place u64
INSERT INTO account (owner, kind, shard, balance, last_place) VALUES (:owner, :kind, :shard, :amount, :place)
    ON DUPLICATE KEY UPDATE balance = balance + VALUES(balance), last_place = IF(VALUES(last_place) = 0, 0, GREATEST(VALUES(last_place), last_place + 65536))
 RETURNING balance, last_place

-- name: account_take exec
-- in:   owner u64, kind account_kind, amount money
UPDATE account SET balance = balance - :amount WHERE owner = :owner AND kind = :kind AND shard = 0 AND balance >= :amount

-- name: balance_show many
-- in:   owner u64
-- out:  kind account_kind, balance money
SELECT kind, balance FROM account WHERE owner = :owner AND shard = 0 AND kind IN ('cash', 'gift', 'frozen', 'arrears')
