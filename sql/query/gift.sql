-- Gift money: proposed by one, decided by another (MON-3).

-- name: gift_insert exec
-- in:   id u64, number str, org u64, state gift_state, amount money, reason str, proposer u64, proposer_name str
INSERT INTO gift_grant (id, number, org_id, state, amount, reason, proposer_id, proposer_name) VALUES (:id, :number, :org, :state, :amount, :reason, :proposer, :proposer_name)

-- Whom it can be given to, by name or id; a zone has no money of its own.
-- name: gift_org many
-- in:   name str, id u64
-- out:  id u64, paying u64?
SELECT id, paying_org_id AS paying FROM org WHERE name = :name AND kind = 'buyer' UNION SELECT id, paying_org_id FROM org WHERE id = :id AND kind = 'buyer' LIMIT 2

-- name: gift_lock lock_one
-- in:   number str
-- out:  id u64, org_id u64, state gift_state, amount money, reason str, proposer_id u64
SELECT id, org_id, state, amount, reason, proposer_id FROM gift_grant WHERE number = :number FOR UPDATE

-- The only statement that changes the state.
-- name: gift_move exec
-- in:   id u64, from_state gift_state, to_state gift_state, decider str, why str, now instant
UPDATE gift_grant SET state = :to_state, decider_name = :decider, why = :why, decided_at = :now WHERE id = :id AND state = :from_state

-- name: gift_list many
-- in:   state gift_state?, before u64, limit i32
-- out:  id u64, number str, org_id u64, org_name str, state gift_state, amount money, reason str, proposer_id u64, proposer_name str, decider_name str?, decided_at instant?, why str
SELECT g.id, g.number, g.org_id, o.name AS org_name, g.state, g.amount, g.reason, g.proposer_id, g.proposer_name, g.decider_name, g.decided_at, g.why
  FROM gift_grant g JOIN org o ON o.id = g.org_id
 WHERE g.id < :before
 [state? AND g.state = :state]
 ORDER BY g.id DESC LIMIT :limit
