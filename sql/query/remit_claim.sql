-- Transfers without a number that buyers claim with proof (MON-11).

-- name: remit_claim_insert exec
-- in:   id u64, org u64, amount money, paid_on date, payer_name str, payer_account str, note str, type proof_type, proof bytes, now instant
INSERT INTO remit_claim (id, org_id, state, amount, paid_on, payer_name, payer_account, note, proof_type, proof, created_at)
VALUES (:id, :org, 'open', :amount, :paid_on, :payer_name, :payer_account, :note, :type, :proof, :now)

-- name: remit_claim_under_way one
-- in:   org u64
-- out:  n i64
SELECT COUNT(*) AS n FROM remit_claim WHERE org_id = :org AND state IN ('open', 'proposed')

-- One organisation's; of all of them, by state, for finance.
-- name: remit_claim_list many
-- in:   org u64?, state remit_claim_state?, before u64, limit i32
-- out:  id u64, org_name str, state remit_claim_state, amount money, paid_on date, payer_name str, created_at instant
SELECT c.id, o.name AS org_name, c.state, c.amount, c.paid_on, c.payer_name, c.created_at FROM remit_claim c JOIN org o ON o.id = c.org_id
 WHERE c.id < :before [org? AND c.org_id = :org] [state? AND c.state = :state] ORDER BY c.id DESC LIMIT :limit

-- name: remit_claim_show one
-- in:   id u64, org u64?
-- out:  id u64, org u64, org_name str, state remit_claim_state, amount money, paid_on date, payer_name str, payer_account str, note str, proof_type proof_type, proof_bytes i64, entry u64?,
--       proposed_by u64?, proposed_name str, decided_name str, reason str, created_at instant, decided_at instant?, payment_number str?
SELECT c.id, c.org_id AS org, o.name AS org_name, c.state, c.amount, c.paid_on, c.payer_name, c.payer_account, c.note, c.proof_type, LENGTH(c.proof) AS proof_bytes, c.entry_id AS entry,
       c.proposed_by, c.proposed_name, c.decided_name, c.reason, c.created_at, c.decided_at,
       (SELECT p.number FROM remittance r JOIN payment p ON p.id = r.payment_id WHERE r.claim_id = c.id) AS payment_number
  FROM remit_claim c JOIN org o ON o.id = c.org_id
 WHERE c.id = :id [org? AND c.org_id = :org]

-- name: remit_claim_proof one
-- in:   id u64, org u64?
-- out:  type proof_type, proof bytes
SELECT proof_type AS type, proof FROM remit_claim WHERE id = :id [org? AND org_id = :org]

-- name: remit_claim_lock lock_one
-- in:   id u64, org u64?
-- out:  id u64, org u64, state remit_claim_state, amount money, entry u64?, proposed_by u64?
SELECT id, org_id AS org, state, amount, entry_id AS entry, proposed_by FROM remit_claim WHERE id = :id [org? AND org_id = :org] FOR UPDATE

-- The entry and its proposer stand as long as a proposal does.
-- name: remit_claim_propose exec
-- in:   id u64, from_state remit_claim_state, to_state remit_claim_state, entry u64?, person u64?, name str
UPDATE remit_claim SET state = :to_state, entry_id = :entry, proposed_by = :person, proposed_name = :name WHERE id = :id AND state = :from_state

-- name: remit_claim_decide exec
-- in:   id u64, from_state remit_claim_state, to_state remit_claim_state, person u64, name str, why str, now instant
UPDATE remit_claim SET state = :to_state, decided_by = :person, decided_name = :name, decided_at = :now, reason = :why WHERE id = :id AND state = :from_state

-- What a claim may be: money that came in, bears no number, and of which nobody has disposed.
-- name: remit_entry_list many
-- in:   amount money, limit i32
-- out:  id u64, bank bank_code, account str, reference str, day date, amount money, party_name str, party_account str, remittance str
SELECT e.id, e.bank, e.account, e.reference, e.day, e.amount, e.party_name, e.party_account, e.remittance
  FROM bank_entry e STRAIGHT_JOIN finance_case f ON f.id = e.case_id
 WHERE e.state = 'unmatched' AND e.amount = :amount AND e.direction = 'credit' AND e.reversal = 0
   AND f.kind = 'unmatched' AND f.stands = 'unexplained' AND f.state = 'open'
 ORDER BY e.id DESC LIMIT :limit

-- name: remit_entry_show one
-- in:   id u64
-- out:  id u64, bank bank_code, account str, reference str, day date, amount money, party_name str, party_account str, remittance str
SELECT id, bank, account, reference, day, amount, party_name, party_account, remittance FROM bank_entry WHERE id = :id

-- name: remit_entry_lock lock_one
-- in:   id u64
-- out:  bank bank_code, account str, reference str, day date, amount money, party_name str, party_account str, transaction_id str
SELECT e.bank, e.account, e.reference, e.day, e.amount, e.party_name, e.party_account, e.transaction_id
  FROM bank_entry e WHERE e.id = :id AND e.state = 'unmatched' AND e.direction = 'credit' AND e.reversal = 0 AND e.match_kind IS NULL FOR UPDATE
