-- Top-ups (MON-4, MON-11): payments without orders.

-- name: topup_org one
-- in:   id u64
-- out:  name str, paying_name str?
SELECT o.name, y.name AS paying_name FROM org o LEFT JOIN org y ON y.id = o.paying_org_id WHERE o.id = :id

-- name: topup_insert exec
-- in:   id u64, number str, org u64, channel payment_channel, amount money, now instant, deadline_at instant, query_at instant?
INSERT INTO payment (id, number, org_id, purpose, channel, state, amount, created_at, deadline_at, query_at)
VALUES (:id, :number, :org, 'topup', :channel, 'created', :amount, :now, :deadline_at, :query_at)

-- name: topup_list many
-- in:   org u64, limit i32
-- out:  number str, channel payment_channel, state payment_state, amount money, created_at instant
SELECT number, channel, state, amount, created_at FROM payment WHERE org_id = :org AND purpose = 'topup' ORDER BY id DESC LIMIT :limit
