-- Top-ups (MON-4, MON-11): payments without orders.

-- name: topup_insert exec
-- in:   id u64, number str, org u64, channel payment_channel, bank bank_code?, amount money, now instant, deadline_at instant, query_at instant?
INSERT INTO payment (id, number, org_id, purpose, channel, bank, state, amount, created_at, deadline_at, query_at)
VALUES (:id, :number, :org, 'topup', :channel, :bank, 'created', :amount, :now, :deadline_at, :query_at)

-- name: topup_list many
-- in:   org u64, limit i32
-- out:  number str, channel payment_channel, state payment_state, amount money, created_at instant
SELECT number, channel, state, amount, created_at FROM payment WHERE org_id = :org AND purpose = 'topup' ORDER BY id DESC LIMIT :limit

-- The organisation's own number for transfers (MON-11).
-- name: remit_number one
-- in:   org u64
-- out:  number str
SELECT number FROM org_remit WHERE org_id = :org

-- name: remit_number_insert exec
-- in:   org u64, number str, now instant
INSERT INTO org_remit (org_id, number, created_at) VALUES (:org, :number, :now)

-- Whose money a transfer with that number is: the paying account's (ACC-4).
-- name: remit_org one
-- in:   number str
-- out:  org u64
SELECT COALESCE(o.paying_org_id, o.id) AS org FROM org_remit r JOIN org o ON o.id = r.org_id WHERE r.number = :number

-- A top-up that begins with its money.
-- name: remit_payment_insert exec
-- in:   id u64, number str, org u64, bank bank_code, amount money, transaction_id str, paid_at instant, now instant
INSERT INTO payment (id, number, org_id, purpose, channel, bank, state, amount, transaction_id, created_at, deadline_at, paid_at)
VALUES (:id, :number, :org, 'topup', 'b2b', :bank, 'succeeded', :amount, :transaction_id, :now, :now, :paid_at)

-- name: remittance_insert exec
-- in:   org u64, payment u64, bank bank_code, account str, reference str, payer_name str, payer_account str, claim u64?
INSERT INTO remittance (org_id, payment_id, bank, account, reference, payer_name, payer_account, claim_id)
VALUES (:org, :payment, :bank, :account, :reference, :payer_name, :payer_account, :claim)

-- name: remittance_list many
-- in:   org u64, before u64, limit i32
-- out:  payment_id u64, number str, bank bank_code, amount money, paid_at instant?, booked_at instant, payer_name str, payer_account str, reference str, claim_id u64?
SELECT r.payment_id, p.number, r.bank, p.amount, p.paid_at, p.created_at AS booked_at, r.payer_name, r.payer_account, r.reference, r.claim_id
  FROM remittance r JOIN payment p ON p.id = r.payment_id
 WHERE r.org_id = :org AND r.payment_id < :before
 ORDER BY r.payment_id DESC LIMIT :limit
