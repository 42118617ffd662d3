-- The audit log (ACC-14).

-- name: audit_insert bulk
-- in:   id u64, object_kind object_kind, object u64, org u64, event str, from_state str?, to_state str?, why str, details str?,
--       actor u64, actor_org u64, actor_name str, address str, request_id str
INSERT INTO audit_log (id, object_kind, object_id, org_id, event, from_state, to_state, why, details, actor_id, actor_org, actor_name, address, request_id)
VALUES (:id, :object_kind, :object, :org, :event, :from_state, :to_state, :why, :details, :actor, :actor_org, :actor_name, :address, :request_id)

-- name: audit_history many
-- in:   object u64
-- out:  id u64, event str, from_state str?, to_state str?, why str, actor_name str, actor_org u64
SELECT id, event, from_state, to_state, why, actor_name, actor_org FROM audit_log WHERE object_id = :object ORDER BY id LIMIT 200

-- The newest first.
-- name: audit_latest many
-- in:   object u64
-- out:  id u64, event str, from_state str?, to_state str?, why str, actor_name str
SELECT id, event, from_state, to_state, why, actor_name FROM audit_log WHERE object_id = :object ORDER BY id DESC LIMIT 200

-- name: audit_list many
-- in:   from_id u64, before u64, object_kind object_kind?, actor_name str?, object u64?, limit i32
-- out:  id u64, object_kind object_kind, object_id u64, org_name str?, event str, from_state str?, to_state str?, why str, details str?, actor_name str, address str, request_id str
SELECT a.id, a.object_kind, a.object_id, o.name AS org_name, a.event, a.from_state, a.to_state, a.why, a.details, a.actor_name, a.address, a.request_id
  FROM audit_log a LEFT JOIN org o ON o.id = a.org_id
 WHERE a.id < :before AND a.id >= :from_id
 [object_kind? AND a.object_kind = :object_kind]
 [actor_name? AND a.actor_name = :actor_name]
 [object? AND a.object_id = :object]
 ORDER BY a.id DESC LIMIT :limit

-- name: audit_seal_last many
-- out:  seq u64, entry_id u64, hash bytes
SELECT seq, entry_id, hash FROM audit_seal ORDER BY seq DESC LIMIT 1

-- Entries that no seal names yet; those of the last moments may still be on their way from other transactions, so the job looks back.
-- name: audit_unsealed many
-- in:   from_id u64, limit i32
-- out:  id u64, object_kind object_kind, object_id u64, org_id u64, event str, from_state str?, to_state str?, why str, details str?, actor_id u64, actor_org u64, actor_name str, address str, request_id str
SELECT a.id, a.object_kind, a.object_id, a.org_id, a.event, a.from_state, a.to_state, a.why, a.details, a.actor_id, a.actor_org, a.actor_name, a.address, a.request_id
  FROM audit_log a LEFT JOIN audit_seal s ON s.entry_id = a.id
 WHERE a.id >= :from_id AND s.seq IS NULL
 ORDER BY a.id LIMIT :limit

-- name: audit_sealed many
-- in:   after_seq u64, limit i32
-- out:  seq u64, hash bytes, id u64, object_kind object_kind, object_id u64, org_id u64, event str, from_state str?, to_state str?, why str, details str?, actor_id u64, actor_org u64, actor_name str, address str, request_id str
SELECT s.seq, s.hash, a.id, a.object_kind, a.object_id, a.org_id, a.event, a.from_state, a.to_state, a.why, a.details, a.actor_id, a.actor_org, a.actor_name, a.address, a.request_id
  FROM audit_seal s JOIN audit_log a ON a.id = s.entry_id
 WHERE s.seq > :after_seq
 ORDER BY s.seq LIMIT :limit

-- name: audit_seal_insert bulk
-- in:   seq u64, entry u64, hash bytes
INSERT INTO audit_seal (seq, entry_id, hash) VALUES (:seq, :entry, :hash)
