-- Statements of channels and their differences to the books (MON-9).

-- name: statement_insert exec
-- in:   id u64, channel payment_channel, day date, next_at instant
INSERT IGNORE INTO statement (id, channel, day, state, next_at) VALUES (:id, :channel, :day, 'waiting', :next_at)

-- Asked for by a person: now.
-- name: statement_ask exec
-- in:   channel payment_channel, day date, now instant
UPDATE statement SET next_at = :now, tries = 0 WHERE channel = :channel AND day = :day

-- name: statement_due many
-- in:   now instant, limit i32
-- out:  id u64, channel payment_channel, day date
SELECT id, channel, day FROM statement WHERE next_at <= :now ORDER BY next_at, day LIMIT :limit

-- name: statement_list many
-- in:   channel payment_channel?, before date, limit i32
-- out:  id u64, channel payment_channel, day date, state statement_state, version u64, line_count u64, income money, outgo money, fees money, our_income money, our_outgo money,
--       found u64, unsettled u64, error str, next_at instant?
SELECT id, channel, day, state, version, line_count, income, outgo, fees, our_income, our_outgo, found, unsettled, error, next_at
  FROM statement WHERE day < :before
 [channel? AND channel = :channel]
 ORDER BY day DESC, id DESC LIMIT :limit

-- name: statement_show one
-- in:   id u64
-- out:  id u64, channel payment_channel, day date, state statement_state, version u64, line_count u64, income money, outgo money, fees money, our_income money, our_outgo money,
--       found u64, unsettled u64, error str, next_at instant?, loaded_at instant?, closed_at instant?, closed_name str
SELECT id, channel, day, state, version, line_count, income, outgo, fees, our_income, our_outgo, found, unsettled, error, next_at, loaded_at, closed_at, closed_name
  FROM statement WHERE id = :id

-- name: statement_find one
-- in:   channel payment_channel, day date
-- out:  id u64
SELECT id FROM statement WHERE channel = :channel AND day = :day

-- name: statement_version_list many
-- in:   id u64
-- out:  version u64, line_count u64, income money, outgo money, fees money, loaded_at instant
SELECT version, line_count, income, outgo, fees, loaded_at FROM statement_version WHERE statement_id = :id ORDER BY version DESC LIMIT 20

-- name: statement_lock lock_one
-- in:   id u64
-- out:  id u64, channel payment_channel, day date, state statement_state, version u64, begun u64, hash bytes?, fees money, fees_booked money, income money, outgo money, line_count u64, tries u64, found u64, unsettled u64
SELECT id, channel, day, state, version, begun, hash, fees, fees_booked, income, outgo, line_count, tries, found, unsettled FROM statement WHERE id = :id FOR UPDATE

-- name: statement_begin exec
-- in:   id u64, begun u64, tries u64, next_at instant?
UPDATE statement SET begun = :begun, tries = :tries, next_at = :next_at WHERE id = :id

-- name: statement_fail exec
-- in:   id u64, error str
UPDATE statement SET error = :error WHERE id = :id

-- What a try left that came to nothing.
-- name: statement_line_forget exec
-- in:   id u64, version u64, limit i32
DELETE FROM statement_line WHERE statement_id = :id AND version > :version LIMIT :limit

-- name: statement_line_insert bulk
-- in:   id u64, version u64, line u64, transaction_id str, number str, refund bool, amount money, fee money, at instant
INSERT INTO statement_line (statement_id, version, line, transaction_id, number, refund, amount, fee, at)
VALUES (:id, :version, :line, :transaction_id, :number, :refund, :amount, :fee, :at)

-- name: statement_version_insert exec
-- in:   id u64, version u64, hash bytes, line_count u64, income money, outgo money, fees money, now instant
INSERT INTO statement_version (statement_id, version, hash, line_count, income, outgo, fees, loaded_at) VALUES (:id, :version, :hash, :line_count, :income, :outgo, :fees, :now)

-- name: statement_loaded exec
-- in:   id u64, version u64, hash bytes, line_count u64, income money, outgo money, fees money, now instant
UPDATE statement SET state = 'loaded', version = :version, hash = :hash, line_count = :line_count, income = :income, outgo = :outgo, fees = :fees, loaded_at = :now,
       next_at = NULL, error = '', closed_at = NULL, closed_name = ''
 WHERE id = :id

-- name: statement_unchanged exec
-- in:   id u64
UPDATE statement SET next_at = NULL, error = '' WHERE id = :id

-- name: statement_compared exec
-- in:   id u64, our_income money, our_outgo money, found u64, unsettled u64
UPDATE statement SET our_income = :our_income, our_outgo = :our_outgo, found = :found, unsettled = :unsettled WHERE id = :id

-- name: statement_close exec
-- in:   id u64, fees money, name str, now instant
UPDATE statement SET state = 'closed', fees_booked = :fees, closed_at = :now, closed_name = :name WHERE id = :id AND state = 'loaded' AND unsettled = 0

-- Lines that we do not know, or know with another amount.
-- name: statement_line_odd many
-- in:   id u64, version u64, channel payment_channel, limit i32
-- out:  transaction_id str, number str, refund bool, theirs money, ours i64, at instant
SELECT l.transaction_id, l.number, l.refund, l.amount AS theirs, COALESCE(n.amount, r.amount, 0) AS ours, l.at
  FROM statement_line l
  LEFT JOIN notice n ON n.channel = :channel AND n.transaction_id = l.transaction_id AND NOT l.refund
  LEFT JOIN refund r ON r.number = l.number AND l.refund AND r.state <> 'refused'
 WHERE l.statement_id = :id AND l.version = :version AND COALESCE(n.amount, r.amount, 0) <> l.amount
 ORDER BY l.line LIMIT :limit

-- What we heard of in that time and no statement has.
-- name: statement_notice_odd many
-- in:   channel payment_channel, from instant, to instant, limit i32
-- out:  transaction_id str, number str, ours money, at instant
SELECT n.transaction_id, n.payment_number AS number, n.amount AS ours, n.received_at AS at
  FROM notice n
 WHERE n.channel = :channel AND n.received_at >= :from AND n.received_at < :to
   AND NOT EXISTS (SELECT 1 FROM statement_line l JOIN statement s ON s.id = l.statement_id AND s.version = l.version AND s.channel = :channel
	WHERE l.transaction_id = n.transaction_id AND NOT l.refund)
 ORDER BY n.received_at LIMIT :limit

-- name: statement_refund_odd many
-- in:   channel payment_channel, from instant, to instant, limit i32
-- out:  transaction_id str, number str, ours money, at instant?
SELECT r.transaction_id, r.number, r.amount AS ours, r.done_at AS at
  FROM refund r
 WHERE r.channel = :channel AND r.done_at >= :from AND r.done_at < :to AND r.state = 'done'
   AND NOT EXISTS (SELECT 1 FROM statement_line l JOIN statement s ON s.id = l.statement_id AND s.version = l.version AND s.channel = :channel
	WHERE l.number = r.number AND l.refund)
 ORDER BY r.done_at LIMIT :limit

-- What the channel's clearing account says of that day, and what was heard and sent back in it.
-- name: statement_books one
-- in:   channel payment_channel, clearing u64, from instant, to instant, from_id u64, to_id u64
-- out:  booked_in money, booked_out money, heard money, returned money
SELECT CAST(COALESCE(SUM(IF(x.amount < 0, -x.amount, 0)), 0) AS SIGNED) AS booked_in, CAST(COALESCE(SUM(IF(x.amount > 0, x.amount, 0)), 0) AS SIGNED) AS booked_out,
       CAST(COALESCE((SELECT SUM(n.amount) FROM notice n WHERE n.channel = :channel AND n.received_at >= :from AND n.received_at < :to), 0) AS SIGNED) AS heard,
       CAST(COALESCE((SELECT SUM(r.amount) FROM refund r WHERE r.channel = :channel AND r.done_at >= :from AND r.done_at < :to AND r.state = 'done'), 0) AS SIGNED) AS returned
  FROM journal j JOIN posting x ON x.journal_id = j.id
 WHERE j.id >= :from_id AND j.id < :to_id AND j.booked_at >= :from AND j.booked_at < :to AND x.kind = 'clearing' AND x.owner = :clearing
   AND j.kind IN ('payment_in', 'topup', 'late_in', 'unexplained_in', 'refund_done')

-- name: difference_list many
-- in:   id u64, after u64, limit i32
-- out:  nth u64, kind difference_kind, refund bool, transaction_id str, number str, theirs money, ours money, at instant, state case_state, settlement difference_settlement?, note str,
--       proposals u64, proposed_by u64?, proposed_name str, decided_name str, settled_at instant?
SELECT nth, kind, refund, transaction_id, number, theirs, ours, at, state, settlement, note, proposals, proposed_by, proposed_name, decided_name, settled_at
  FROM difference WHERE statement_id = :id AND nth > :after ORDER BY nth LIMIT :limit

-- name: difference_lock lock_many
-- in:   id u64
-- out:  nth u64, kind difference_kind, refund bool, transaction_id str, number str, theirs money, ours money, state case_state
SELECT nth, kind, refund, transaction_id, number, theirs, ours, state FROM difference WHERE statement_id = :id ORDER BY nth FOR UPDATE

-- name: difference_lock_one lock_one
-- in:   id u64, nth u64
-- out:  kind difference_kind, refund bool, transaction_id str, number str, theirs money, ours money, at instant, state case_state, settlement difference_settlement?, note str, proposals u64, proposed_by u64?, proposed_name str,
--       decided_name str, settled_at instant?
SELECT kind, refund, transaction_id, number, theirs, ours, at, state, settlement, note, proposals, proposed_by, proposed_name, decided_name, settled_at FROM difference WHERE statement_id = :id AND nth = :nth FOR UPDATE

-- name: difference_show one
-- in:   id u64, nth u64
-- out:  kind difference_kind, refund bool, transaction_id str, number str, theirs money, ours money, at instant, state case_state, settlement difference_settlement?, note str, proposals u64,
--       proposed_by u64?, proposed_name str, decided_name str, settled_at instant?, channel payment_channel, day date
SELECT d.kind, d.refund, d.transaction_id, d.number, d.theirs, d.ours, d.at, d.state, d.settlement, d.note, d.proposals, d.proposed_by, d.proposed_name, d.decided_name, d.settled_at, s.channel, s.day
  FROM difference d JOIN statement s ON s.id = d.statement_id WHERE d.statement_id = :id AND d.nth = :nth

-- name: difference_insert bulk
-- in:   id u64, nth u64, kind difference_kind, refund bool, transaction_id str, number str, theirs money, ours money, at instant
INSERT INTO difference (statement_id, nth, kind, refund, transaction_id, number, theirs, ours, at, state)
VALUES (:id, :nth, :kind, :refund, :transaction_id, :number, :theirs, :ours, :at, 'open')

-- The amounts as they are now; what is there again is open again.
-- name: difference_again exec
-- in:   id u64, nth u64, theirs money, ours money
UPDATE difference SET theirs = :theirs, ours = :ours, state = 'open', settlement = NULL, settled_at = NULL, proposals = proposals + 1 WHERE statement_id = :id AND nth = :nth

-- name: difference_move exec
-- in:   id u64, nth u64, from_state case_state, to_state case_state, settlement difference_settlement?, note str, proposals u64, proposed_by u64?, proposed_name str, decided_by u64?, decided_name str, settled_at instant?, journal u64?
UPDATE difference SET state = :to_state, settlement = :settlement, note = :note, proposals = :proposals, proposed_by = :proposed_by, proposed_name = :proposed_name,
       decided_by = :decided_by, decided_name = :decided_name, settled_at = :settled_at, journal_id = COALESCE(:journal, journal_id)
 WHERE statement_id = :id AND nth = :nth AND state = :from_state

-- name: statement_settled exec
-- in:   id u64
UPDATE statement SET unsettled = unsettled - 1 WHERE id = :id AND unsettled > 0
