-- Files that people send with a step (DEL-12).

-- name: attachment_insert exec
-- in:   id u64, person u64, org u64, name str, now instant, expires instant
INSERT INTO attachment (id, person_id, org_id, name, created_at, expires_at) VALUES (:id, :person, :org, :name, :now, :expires)

-- name: attachment_waiting one
-- in:   person u64, now instant
-- out:  n i64
SELECT COUNT(*) AS n FROM attachment WHERE person_id = :person AND expires_at > :now

-- name: attachment_piece_insert exec
-- in:   id u64, nth u64, bytes bytes
INSERT INTO attachment_piece (attachment_id, nth, bytes) VALUES (:id, :nth, :bytes)

-- name: attachment_piece one
-- in:   id u64, nth u64
-- out:  bytes bytes
SELECT bytes FROM attachment_piece WHERE attachment_id = :id AND nth = :nth

-- name: attachment_taken exec
-- in:   id u64, name str, type file_type, size u64, hash bytes, expires instant
UPDATE attachment SET name = :name, type = :type, size = :size, hash = :hash, expires_at = :expires WHERE id = :id AND type IS NULL

-- name: attachment_draft_list many
-- in:   person u64, org u64, now instant
-- out:  id u64, name str, size u64
SELECT id, name, size FROM attachment WHERE person_id = :person AND expires_at > :now AND org_id = :org AND type IS NOT NULL ORDER BY id LIMIT 200

-- name: attachment_keep exec
-- in:   id u64, person u64, org u64, kind attachment_owner, owner u64, thread u64, buyer u64, provider u64, now instant
UPDATE attachment SET owner_kind = :kind, owner_id = :owner, thread_id = :thread, buyer_id = :buyer, provider_id = :provider, expires_at = NULL
 WHERE id = :id AND person_id = :person AND org_id = :org AND type IS NOT NULL AND expires_at > :now

-- name: attachment_list many
-- in:   thread u64
-- out:  id u64, name str, type file_type?, size u64, owner_kind attachment_owner?, owner_id u64?
SELECT id, name, type, size, owner_kind, owner_id FROM attachment WHERE thread_id = :thread ORDER BY id LIMIT 2000

-- Kept: for the two organisations, and for anybody of the platform (org not set).  A draft: for who sent it.
-- name: attachment_read one
-- in:   id u64, org u64?, person u64
-- out:  name str, type file_type?, size u64
SELECT name, type, size FROM attachment
 WHERE id = :id AND type IS NOT NULL AND IF(thread_id IS NULL, person_id = :person, TRUE [org? AND (buyer_id = :org OR provider_id = :org)])

-- name: attachment_due many
-- in:   now instant
-- out:  id u64
SELECT id FROM attachment WHERE expires_at < :now ORDER BY expires_at LIMIT 20

-- From then on nobody can keep it.
-- name: attachment_drop exec
-- in:   id u64, now instant
UPDATE attachment SET type = NULL WHERE id = :id AND expires_at < :now

-- name: attachment_piece_delete exec
-- in:   id u64
DELETE FROM attachment_piece WHERE attachment_id = :id LIMIT 16

-- name: attachment_delete exec
-- in:   id u64, now instant
DELETE FROM attachment WHERE id = :id AND expires_at < :now
