-- Messages to people (ACC-16).

-- What a message about an order says, and whom it concerns.
-- name: message_order one
-- in:   order u64, why_event str
-- out:  number str, subject str, buyer_id u64, provider_id u64, amount money, deadline_at instant?, why str
SELECT o.number, o.product_name AS subject, o.buyer_id, o.provider_id, o.payable AS amount, o.deadline_at,
       COALESCE((SELECT a.why FROM audit_log a WHERE a.object_kind = 'order' AND a.object_id = o.id AND a.event = :why_event ORDER BY a.id DESC LIMIT 1), '') AS why
  FROM orders o WHERE o.id = :order

-- What a message says that is not about an order: gone when it is spread.
-- name: message_draft_insert exec
-- in:   id u64, org u64, number str, subject str, amount money, deadline_at instant?, why str
INSERT INTO message_draft (id, org_id, number, subject, amount, deadline, why) VALUES (:id, :org, :number, :subject, :amount, :deadline_at, :why)

-- name: message_draft_show one
-- in:   id u64
-- out:  org_id u64, number str, subject str, amount money, deadline instant?, why str
SELECT org_id, number, subject, amount, deadline, why FROM message_draft WHERE id = :id

-- name: message_draft_delete exec
-- in:   id u64
DELETE FROM message_draft WHERE id = :id

-- Members of an organisation with one of the roles; of the platform's (org 0) those of its every organisation.
-- name: message_people many
-- in:   org u64?, kind org_kind, roles u64, limit i32
-- out:  person u64, org u64, mailed bool, texted bool
SELECT m.person_id AS person, m.org_id AS org, p.email IS NOT NULL AS mailed, p.mobile IS NOT NULL AS texted
  FROM org o
  JOIN member m ON m.org_id = o.id
  JOIN person p ON p.id = m.person_id
 WHERE o.kind = :kind AND m.roles & :roles
 [org? AND o.id = :org]
 ORDER BY m.person_id LIMIT :limit

-- name: message_insert bulk
-- in:   person u64, id u64, org u64, event message_event, link str, number str, subject str, amount money, deadline_at instant?, why str
INSERT INTO message (person_id, id, org_id, event, link, number, subject, amount, deadline, why)
VALUES (:person, :id, :org, :event, :link, :number, :subject, :amount, :deadline_at, :why)

-- name: inbox_add bulk
-- in:   person u64, org u64
INSERT INTO inbox (person_id, org_id, unread) VALUES (:person, :org, 1) ON DUPLICATE KEY UPDATE unread = unread + 1

-- name: message_send one
-- in:   id u64
-- out:  event message_event, link str, number str, subject str, amount money, deadline instant?, why str, language lang?, email str?, mobile str?
SELECT m.event, m.link, m.number, m.subject, m.amount, m.deadline, m.why, p.language, p.email, p.mobile
  FROM message m JOIN person p ON p.id = m.person_id WHERE m.id = :id

-- name: message_list many
-- in:   person u64, org u64, before u64, unread bool, limit i32
-- out:  id u64, event message_event, link str, number str, subject str, amount money, deadline instant?, why str, read_at instant?
SELECT id, event, link, number, subject, amount, deadline, why, read_at
  FROM message
 WHERE person_id = :person AND id < :before AND org_id = :org
 [unread? AND read_at IS NULL]
 ORDER BY id DESC LIMIT :limit

-- name: message_read exec
-- in:   person u64, org u64, up_to u64, now instant
UPDATE message SET read_at = :now WHERE person_id = :person AND org_id = :org AND id <= :up_to AND read_at IS NULL

-- name: inbox_read exec
-- in:   person u64, org u64, read u64
UPDATE inbox SET unread = GREATEST(CAST(unread AS SIGNED) - CAST(:read AS SIGNED), 0) WHERE person_id = :person AND org_id = :org
