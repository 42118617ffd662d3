-- The finance desk: money that needs a person (MON-7).

-- name: case_insert exec
-- in:   id u64, kind case_kind, channel payment_channel, transaction_id str, payment_number str, org u64?, amount money, expected i64, stands account_kind?, raw bytes, now instant
INSERT INTO finance_case (id, kind, state, channel, transaction_id, payment_number, org_id, amount, expected, stands, raw, created_at)
VALUES (:id, :kind, 'open', :channel, :transaction_id, :payment_number, :org, :amount, :expected, :stands, :raw, :now)

-- name: case_list many
-- in:   state case_state?, kind case_kind?, channel payment_channel?, q str?, older instant?, before u64, limit i32
-- out:  id u64, kind case_kind, state case_state, channel payment_channel, transaction_id str, payment_number str, org_name str?, amount money, created_at instant, settlement case_settlement?
SELECT f.id, f.kind, f.state, f.channel, f.transaction_id, f.payment_number, o.name AS org_name, f.amount, f.created_at, f.settlement
  FROM finance_case f LEFT JOIN org o ON o.id = f.org_id
 WHERE f.id < :before
 [state? AND f.state = :state]
 [kind? AND f.kind = :kind]
 [channel? AND f.channel = :channel]
 [q? AND f.id IN (SELECT x.id FROM finance_case x WHERE x.payment_number = :q UNION SELECT y.id FROM finance_case y WHERE y.transaction_id = :q)]
 [older? AND f.created_at < :older]
 ORDER BY f.id DESC LIMIT :limit

-- name: case_show one
-- in:   id u64
-- out:  id u64, kind case_kind, state case_state, channel payment_channel, transaction_id str, payment_number str, org u64?, org_name str?, freeze freeze_kind?, amount money, expected i64,
--       stands account_kind?, proposals u64, settlement case_settlement?, created_at instant, settled_at instant?, raw bytes,
--       payment_id u64?, payment_state payment_state?, payment_amount i64, payment_paid_at instant?, payment_transaction str?
SELECT f.id, f.kind, f.state, f.channel, f.transaction_id, f.payment_number, f.org_id AS org, o.name AS org_name, o.freeze_kind AS freeze, f.amount, COALESCE(f.expected, 0) AS expected,
       f.stands, f.proposals, f.settlement, f.created_at, f.settled_at, f.raw,
       p.id AS payment_id, p.state AS payment_state, COALESCE(p.amount, 0) AS payment_amount, p.paid_at AS payment_paid_at, p.transaction_id AS payment_transaction
  FROM finance_case f LEFT JOIN org o ON o.id = f.org_id LEFT JOIN payment p ON p.number = f.payment_number
 WHERE f.id = :id

-- name: case_proposal_list many
-- in:   id u64
-- out:  nth u64, state case_proposal_state, settlement case_settlement, org u64?, org_name str?, note str, proposed_by u64, proposed_name str, proposed_at instant, decided_name str, decided_at instant?, decided_why str
SELECT p.nth, p.state, p.settlement, p.org_id AS org, o.name AS org_name, p.note, p.proposed_by, p.proposed_name, p.proposed_at, p.decided_name, p.decided_at, p.decided_why
  FROM case_proposal p LEFT JOIN org o ON o.id = p.org_id
 WHERE p.case_id = :id ORDER BY p.nth DESC LIMIT 50

-- The orders that its payment was for.
-- name: case_order_list many
-- in:   payment u64
-- out:  number str, buyer u64, product_name str, state order_state, payable money, paid money
SELECT o.number, o.buyer_id AS buyer, o.product_name, o.state, o.payable, o.paid
  FROM payment_order x JOIN orders o ON o.id = x.order_id
 WHERE x.payment_id = :payment ORDER BY o.id LIMIT 30

-- The entries that were booked in the transactions of these instants.
-- name: case_posting_list many
-- in:   from u64, to u64, at instant, amount money
-- out:  journal u64, kind journal_kind, booked_at instant, account account_kind, owner u64, owner_name str?, amount money
SELECT j.id AS journal, j.kind, j.booked_at, p.kind AS account, p.owner, o.name AS owner_name, p.amount
  FROM journal j JOIN posting p ON p.journal_id = j.id LEFT JOIN org o ON o.id = p.owner AND p.kind NOT IN ('clearing', 'refund_due')
 WHERE j.id >= :from AND j.id < :to AND j.booked_at = :at AND ABS(p.amount) = :amount
 ORDER BY j.id, p.line LIMIT 20

-- name: case_lock lock_one
-- in:   id u64
-- out:  id u64, kind case_kind, state case_state, channel payment_channel, transaction_id str, payment_number str, org u64?, amount money, stands account_kind?, proposals u64
SELECT id, kind, state, channel, transaction_id, payment_number, org_id AS org, amount, stands, proposals FROM finance_case WHERE id = :id FOR UPDATE

-- name: case_lock_key lock_one
-- in:   kind case_kind, channel payment_channel, transaction_id str
-- out:  id u64, kind case_kind, state case_state, channel payment_channel, transaction_id str, payment_number str, org u64?, amount money, stands account_kind?, proposals u64
SELECT id, kind, state, channel, transaction_id, payment_number, org_id AS org, amount, stands, proposals FROM finance_case
 WHERE kind = :kind AND channel = :channel AND transaction_id = :transaction_id FOR UPDATE

-- name: case_move exec
-- in:   id u64, from_state case_state, to_state case_state, proposals u64, settlement case_settlement?, settled_at instant?
UPDATE finance_case SET state = :to_state, proposals = :proposals, settlement = :settlement, settled_at = :settled_at WHERE id = :id AND state = :from_state

-- name: case_proposal_insert exec
-- in:   id u64, nth u64, settlement case_settlement, org u64?, note str, person u64, name str, now instant
INSERT INTO case_proposal (case_id, nth, state, settlement, org_id, note, proposed_by, proposed_name, proposed_at)
VALUES (:id, :nth, 'waiting', :settlement, :org, :note, :person, :name, :now)

-- name: case_proposal_lock lock_one
-- in:   id u64, nth u64
-- out:  state case_proposal_state, settlement case_settlement, org u64?, note str, proposed_by u64
SELECT state, settlement, org_id AS org, note, proposed_by FROM case_proposal WHERE case_id = :id AND nth = :nth FOR UPDATE

-- name: case_proposal_decide exec
-- in:   id u64, nth u64, state case_proposal_state, person u64, name str, why str, now instant
UPDATE case_proposal SET state = :state, decided_by = :person, decided_name = :name, decided_why = :why, decided_at = :now
 WHERE case_id = :id AND nth = :nth AND state = 'waiting'

-- name: case_org one
-- in:   id u64
-- out:  name str, kind org_kind
SELECT name, kind FROM org WHERE id = :id

-- Its unpaid orders, to be paid out of the balance.
-- name: case_unpaid_list many
-- in:   number str
-- out:  number str, buyer u64
SELECT o.number, o.buyer_id AS buyer FROM payment p JOIN payment_order x ON x.payment_id = p.id JOIN orders o ON o.id = x.order_id
 WHERE p.number = :number AND o.state = 'to_pay' ORDER BY o.id LIMIT 30
