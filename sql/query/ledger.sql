-- The books: written by src/app/ledger.c only.

-- name: journal_insert bulk
-- in:   id u64, kind journal_kind, org u64, order u64?, payment u64?, now instant
INSERT INTO journal (id, kind, org_id, order_id, payment_id, booked_at) VALUES (:id, :kind, :org, :order, :payment, :now)

-- name: posting_insert bulk
-- in:   journal u64, line u64, owner u64, kind account_kind, shard u64, amount money
INSERT INTO posting (journal_id, line, owner, kind, shard, amount) VALUES (:journal, :line, :owner, :kind, :shard, :amount)

-- An account that is not there yet begins with this amount.
-- name: account_add bulk
-- in:   owner u64, kind account_kind, shard u64, amount money
INSERT INTO account (owner, kind, shard, balance) VALUES (:owner, :kind, :shard, :amount)
    ON DUPLICATE KEY UPDATE balance = balance + VALUES(balance)

-- name: account_take exec
-- in:   owner u64, kind account_kind, amount money
UPDATE account SET balance = balance - :amount WHERE owner = :owner AND kind = :kind AND shard = 0 AND balance >= :amount

-- name: balance_show many
-- in:   owner u64
-- out:  kind account_kind, balance money
SELECT kind, balance FROM account WHERE owner = :owner AND shard = 0 AND kind IN ('cash', 'gift', 'frozen', 'arrears')
