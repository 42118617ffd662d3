-- Paying by bank (MON-5), and what banks announce (ISO-2 to ISO-6).

-- name: order_deadline exec
-- in:   buyer u64, id u64, first instant, deadline instant
UPDATE orders SET first_deadline = :first, deadline_at = :deadline WHERE buyer_id = :buyer AND id = :id AND state = 'to_pay'

-- The orders of a payment whose deadline a bank payment extended.
-- name: order_extended lock_many
-- in:   payment u64
-- out:  id u64, buyer_id u64, deadline_at instant?, first_deadline instant?
SELECT o.id, o.buyer_id, o.deadline_at, o.first_deadline
  FROM payment_order x STRAIGHT_JOIN orders o ON o.id = x.order_id
 WHERE x.payment_id = :payment AND o.state = 'to_pay' AND o.first_deadline IS NOT NULL
 ORDER BY x.order_id LIMIT 30 FOR UPDATE

-- name: bank_file_insert exec
-- in:   id u64, bank bank_code, message_id str, kind bank_document_kind, source bank_source, hash bytes, entries u64, made_at instant, now instant, loaded_at instant?, raw bytes?
INSERT INTO bank_file (id, bank, message_id, kind, source, hash, entries, made_at, received_at, loaded_at, raw)
VALUES (:id, :bank, :message_id, :kind, :source, :hash, :entries, :made_at, :now, :loaded_at, :raw)

-- name: bank_file_by_message one
-- in:   bank bank_code, message_id str
-- out:  id u64, hash bytes, loaded u64, known u64
SELECT id, hash, loaded, known FROM bank_file WHERE bank = :bank AND message_id = :message_id

-- name: bank_file_lock lock_many
-- in:   id u64
-- out:  entries u64, loaded u64, known u64
SELECT entries, loaded, known FROM bank_file WHERE id = :id FOR UPDATE

-- name: bank_file_loaded exec
-- in:   id u64, loaded u64, known u64, loaded_at instant?
UPDATE bank_file SET loaded = :loaded, known = :known, loaded_at = :loaded_at WHERE id = :id

-- Documents whose entries are not all stored: whoever stored them died.
-- name: bank_file_unloaded many
-- in:   before instant, limit i32
-- out:  bank bank_code, source bank_source, message_id str, raw bytes?
SELECT bank, source, message_id, raw FROM bank_file WHERE loaded_at IS NULL AND received_at < :before AND raw IS NOT NULL ORDER BY id LIMIT :limit

-- name: bank_entry_known many
-- in:   references str
-- out:  account str, reference str, direction bank_direction, amount money, currency str
-- scan: the references that were asked for
SELECT e.account, e.reference, e.direction, e.amount, e.currency
  FROM JSON_TABLE(:references, '$[*]' COLUMNS (account VARCHAR(34) PATH '$[0]', reference VARCHAR(35) PATH '$[1]')) t
  STRAIGHT_JOIN bank_entry e ON e.account = CONVERT(t.account USING utf8mb4) COLLATE utf8mb4_nopad_bin AND e.reference = CONVERT(t.reference USING utf8mb4) COLLATE utf8mb4_nopad_bin

-- name: bank_entry_insert bulk
-- in:   account str, reference str, id u64, bank bank_code, file u64, direction bank_direction, reversal bool, whole bool, amount money, amount_text str, currency str, day date,
--       end_to_end str, structured str, remittance str, party_name str, party_account str, party_bank str, transaction_id str
INSERT INTO bank_entry (account, reference, id, bank, file_id, state, direction, reversal, whole, amount, amount_text, currency, day, end_to_end, structured, remittance,
                        party_name, party_account, party_bank, transaction_id)
VALUES (:account, :reference, :id, :bank, :file, 'waiting', :direction, :reversal, :whole, :amount, :amount_text, :currency, :day, :end_to_end, :structured, :remittance,
        :party_name, :party_account, :party_bank, :transaction_id)

-- name: bank_entry_waiting many
-- in:   file u64?, limit i32
-- out:  id u64
SELECT id FROM bank_entry WHERE state = 'waiting' [file? AND file_id = :file] ORDER BY id LIMIT :limit

-- name: bank_entry_lock lock_many
-- in:   id u64
-- out:  state bank_entry_state, bank bank_code, kind bank_document_kind?, account str, reference str, direction bank_direction, reversal bool, whole bool, amount money, amount_text str,
--       currency str, day date, end_to_end str, structured str, remittance str, party_name str, party_account str, party_bank str, transaction_id str
SELECT e.state, e.bank, (SELECT f.kind FROM bank_file f WHERE f.id = e.file_id) AS kind, e.account, e.reference, e.direction, e.reversal, e.whole, e.amount, e.amount_text,
       e.currency, e.day, e.end_to_end, e.structured, e.remittance, e.party_name, e.party_account, e.party_bank, e.transaction_id
  FROM bank_entry e WHERE e.id = :id FOR UPDATE

-- name: bank_entry_heard exec
-- in:   id u64, state bank_entry_state, kind bank_match?, number str, outcome notice_outcome?, org u64?, case_id u64?, now instant
UPDATE bank_entry SET state = :state, match_kind = :kind, match_number = :number, outcome = :outcome, org_id = :org, case_id = :case_id, heard_at = :now WHERE id = :id AND state = 'waiting'

-- name: bank_entry_claim exec
-- in:   account str, reference str, org u64, number str, now instant
UPDATE bank_entry SET state = 'matched', match_kind = 'organisation', match_number = :number, org_id = :org, heard_at = :now
 WHERE account = :account AND reference = :reference AND state = 'unmatched'

-- name: bank_payment one
-- in:   number str
-- out:  org_id u64, purpose payment_purpose
SELECT org_id, purpose FROM payment WHERE number = :number

-- The case that an entry opened.
-- name: bank_case one
-- in:   transaction_id str
-- out:  id u64
SELECT id FROM finance_case
 WHERE kind IN ('late', 'second_payment', 'mismatch', 'unknown_number', 'frozen_buyer', 'unmatched', 'fraction', 'currency', 'reversal', 'debit')
   AND channel = 'b2b' AND transaction_id = :transaction_id LIMIT 1

-- What banks announced, for finance (MON-11).
-- name: bank_entry_list many
-- in:   before u64, limit i32, state bank_entry_state?, bank bank_code?, day date?, amount u64?, number str?
-- out:  id u64, bank bank_code, account str, reference str, day date, direction bank_direction, reversal bool, amount money, amount_text str, currency str, party_name str, state bank_entry_state,
--       match_kind bank_match?, match_number str, outcome notice_outcome?, org_id u64?, org_name str?, case_id u64?
SELECT e.id, e.bank, e.account, e.reference, e.day, e.direction, e.reversal, e.amount, e.amount_text, e.currency, e.party_name, e.state,
       e.match_kind, e.match_number, e.outcome, e.org_id, (SELECT o.name FROM org o WHERE o.id = e.org_id) AS org_name, e.case_id
  FROM bank_entry e
 WHERE e.id < :before
 [state? AND e.state = :state]
 [bank? AND e.bank = :bank]
 [day? AND e.day = :day]
 [amount? AND e.amount = :amount]
 [number? AND e.id IN (SELECT x.id FROM bank_entry x WHERE x.match_number = :number UNION SELECT y.id FROM bank_entry y WHERE y.reference = :number
                        UNION SELECT z.id FROM bank_entry z WHERE z.end_to_end = :number)]
 ORDER BY e.id DESC LIMIT :limit

-- name: bank_entry_show one
-- in:   id u64
-- out:  id u64, bank bank_code, account str, reference str, day date, direction bank_direction, reversal bool, whole bool, amount money, amount_text str, currency str, end_to_end str, structured str,
--       remittance str, party_name str, party_account str, party_bank str, transaction_id str, state bank_entry_state, match_kind bank_match?, match_number str, outcome notice_outcome?,
--       org_id u64?, org_name str?, case_id u64?, heard_at instant?, file_id u64, message_id str?, kind bank_document_kind?, source bank_source?, received_at instant?, raw bytes?
SELECT e.id, e.bank, e.account, e.reference, e.day, e.direction, e.reversal, e.whole, e.amount, e.amount_text, e.currency, e.end_to_end, e.structured,
       e.remittance, e.party_name, e.party_account, e.party_bank, e.transaction_id, e.state, e.match_kind, e.match_number, e.outcome,
       e.org_id, (SELECT o.name FROM org o WHERE o.id = e.org_id) AS org_name, e.case_id, e.heard_at, e.file_id, f.message_id, f.kind, f.source, f.received_at, f.raw
  FROM bank_entry e LEFT JOIN bank_file f ON f.id = e.file_id
 WHERE e.id = :id

-- The orders that an entry paid, or was meant to pay.
-- name: bank_entry_order_list many
-- in:   number str
-- out:  number str, product_name str, state order_state, payable money
SELECT o.number, o.product_name, o.state, o.payable
  FROM payment p STRAIGHT_JOIN payment_order x ON x.payment_id = p.id STRAIGHT_JOIN orders o ON o.id = x.order_id
 WHERE p.number = :number ORDER BY o.id LIMIT 30

-- The claim that explained an entry (MON-11).
-- name: bank_entry_claim_id one
-- in:   account str, reference str
-- out:  claim_id u64?
SELECT claim_id FROM remittance WHERE account = :account AND reference = :reference
