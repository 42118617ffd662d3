-- Who is it: sessions, people, memberships.

-- Everything a signed-in page's frame needs, in one round trip.
-- name: session_by_token one
-- in:   token_hash bytes
-- out:  session_id u64, created_at instant, seen_at instant, expires_at instant, person u64, person_name str, language lang?,
--       org u64, org_kind org_kind, org_name str, freeze_kind freeze_kind?, freeze_reason str, roles u64,
--       to_confirm i64, in_review i64, to_pay i64, processing i64, refunding i64, completed i64, cancelled i64, resources i64, unread i64, payer_org u64?, payer_name str?, zones i64,
--       deliveries i64
SELECT s.id AS session_id, s.created_at, s.seen_at, s.expires_at, p.id AS person, p.name AS person_name, p.language,
       o.id AS org, o.kind AS org_kind, o.name AS org_name, o.freeze_kind, o.freeze_reason, m.roles,
       c.to_confirm, c.in_review, c.to_pay, c.processing, c.refunding, c.completed, c.cancelled, c.resources,
       CAST(COALESCE((SELECT i.unread FROM inbox i WHERE i.person_id = s.person_id AND i.org_id = s.org_id), 0) AS SIGNED) AS unread,
       y.id AS payer_org, y.name AS payer_name, CAST(EXISTS(SELECT 1 FROM org z WHERE z.paying_org_id = s.org_id) AS SIGNED) AS zones,
       CAST(COALESCE((SELECT SUM(e.n) FROM delivery_counter e WHERE e.org_id = s.org_id
                         AND (o.kind = 'buyer') = (e.state IN ('awaiting_requirement', 'awaiting_acceptance')) AND e.state NOT IN ('completed', 'closed')), 0) AS SIGNED) AS deliveries
  FROM session s
  JOIN person p ON p.id = s.person_id
  JOIN member m ON m.person_id = s.person_id AND m.org_id = s.org_id
  JOIN org o ON o.id = s.org_id
  JOIN org_counter c ON c.org_id = s.org_id
  LEFT JOIN org y ON y.id = o.paying_org_id
 WHERE s.token_hash = :token_hash

-- name: session_insert exec
-- in:   token_hash bytes, id u64, person u64, org u64, now instant, expires_at instant, address str, agent str
INSERT INTO session (token_hash, id, person_id, org_id, created_at, seen_at, expires_at, address, agent)
VALUES (:token_hash, :id, :person, :org, :now, :now, :expires_at, :address, :agent)

-- name: session_touch exec
-- in:   token_hash bytes, now instant
UPDATE session SET seen_at = :now WHERE token_hash = :token_hash AND seen_at < :now

-- name: session_org exec
-- in:   id u64, person u64, org u64
UPDATE session SET org_id = :org WHERE id = :id AND person_id = :person

-- name: session_delete exec
-- in:   id u64, person u64
DELETE FROM session WHERE id = :id AND person_id = :person

-- name: session_delete_others exec
-- in:   id u64, person u64
DELETE FROM session WHERE person_id = :person AND id <> :id

-- name: session_list many
-- in:   person u64, now instant
-- out:  id u64, org_name str, created_at instant, seen_at instant, address str, agent str
SELECT s.id, o.name AS org_name, s.created_at, s.seen_at, s.address, s.agent
  FROM session s JOIN org o ON o.id = s.org_id
 WHERE s.person_id = :person AND s.expires_at > :now
 ORDER BY s.id DESC LIMIT 100

-- name: session_purge exec
-- in:   now instant
DELETE FROM session WHERE expires_at < :now LIMIT 1000

-- name: person_by_login one
-- in:   login str
-- out:  id u64, name str, password_hash str, language lang?
SELECT id, name, password_hash, language FROM person
 WHERE user_name = :login OR email = :login OR mobile = :login
 LIMIT 1

-- name: person_language exec
-- in:   person u64, language lang
UPDATE person SET language = :language WHERE id = :person

-- name: person_password exec
-- in:   person u64, password_hash str
UPDATE person SET password_hash = :password_hash WHERE id = :person

-- name: person_insert exec
-- in:   id u64, user_name str, email str?, mobile str?, name str, password_hash str, now instant
INSERT INTO person (id, user_name, email, mobile, name, password_hash, created_at)
VALUES (:id, :user_name, :email, :mobile, :name, :password_hash, :now)

-- name: member_list many
-- in:   person u64
-- out:  org u64, kind org_kind, name str, roles u64
SELECT o.id AS org, o.kind, o.name, m.roles
  FROM member m JOIN org o ON o.id = m.org_id
 WHERE m.person_id = :person
 ORDER BY o.kind, o.id LIMIT 100

-- name: member_set exec
-- in:   person u64, org u64, roles u64
INSERT INTO member (person_id, org_id, roles) VALUES (:person, :org, :roles)
    ON DUPLICATE KEY UPDATE roles = :roles

-- name: org_insert exec
-- in:   id u64, kind org_kind, name str, phone str, email str, now instant
INSERT INTO org (id, kind, name, phone, email, created_at) VALUES (:id, :kind, :name, :phone, :email, :now)

-- name: org_counter_insert exec
-- in:   org u64
INSERT INTO org_counter (org_id) VALUES (:org)

-- name: org_show one
-- in:   id u64
-- out:  kind org_kind, name str
SELECT kind, name FROM org WHERE id = :id

-- Failures that count against an account and an address (ACC-11).
-- name: throttle_show many
-- in:   account bytes, address bytes, since instant
-- out:  failures u64, last_at instant
SELECT failures, last_at FROM throttle WHERE subject IN (:account, :address) AND begun_at > :since

-- A window that is over begins anew with this failure.
-- name: throttle_fail exec
-- in:   subject bytes, now instant, since instant
INSERT INTO throttle (subject, failures, begun_at, last_at) VALUES (:subject, 1, :now, :now)
    ON DUPLICATE KEY UPDATE failures = IF(begun_at > :since, failures + 1, 1), begun_at = IF(begun_at > :since, begun_at, :now), last_at = :now

-- name: throttle_clear exec
-- in:   subject bytes
DELETE FROM throttle WHERE subject = :subject

-- name: throttle_purge exec
-- in:   since instant
DELETE FROM throttle WHERE begun_at < :since LIMIT 1000
