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

-- Members of an organisation with one of the roles; of the platform's (org 0) those of its every organisation.  How each is told: as they chose, else
-- an e-mail, and an SMS for the roles in texted; what must be said comes by e-mail, or by SMS to who has no address.
-- name: message_people many
-- in:   org u64?, kind org_kind, roles u64, texted u64, event str, must bool, limit i32
-- out:  person u64, org u64, mailed bool, texted bool
SELECT m.person_id AS person, m.org_id AS org,
       (p.email IS NOT NULL AND (:must OR COALESCE(c.by_email, TRUE))) IS TRUE AS mailed,
       (p.mobile IS NOT NULL AND (COALESCE(c.by_sms, m.roles & :texted <> 0) OR (:must AND p.email IS NULL))) IS TRUE AS texted
  FROM org o
  JOIN member m ON m.org_id = o.id
  JOIN person p ON p.id = m.person_id
  LEFT JOIN message_choice c ON c.person_id = m.person_id AND c.event = :event
 WHERE o.kind = :kind AND m.roles & :roles
 [org? AND o.id = :org]
 ORDER BY m.person_id LIMIT :limit

-- name: message_insert bulk
-- in:   person u64, id u64, org u64, event message_event, topic message_topic, link str, number str, subject str, amount money, deadline_at instant?, why str
INSERT INTO message (person_id, id, org_id, event, topic, link, number, subject, amount, deadline, why)
VALUES (:person, :id, :org, :event, :topic, :link, :number, :subject, :amount, :deadline_at, :why)

-- name: inbox_add bulk
-- in:   person u64, org u64
INSERT INTO inbox (person_id, org_id, unread) VALUES (:person, :org, 1) ON DUPLICATE KEY UPDATE unread = unread + 1

-- One message for one way.  maybe_sent: of a try before this one nobody knows whether it arrived, because it ended with `unsure` or was cut off.
-- name: message_send one
-- in:   id u64, action str, unsure u64
-- out:  event message_event, link str, number str, subject str, amount money, deadline instant?, why str, language lang?, email str?, mobile str?, maybe_sent bool
SELECT m.event, m.link, m.number, m.subject, m.amount, m.deadline, m.why, p.language, p.email, p.mobile,
       ((SELECT SUM(b.tries) FROM outbox b WHERE b.subject = :id AND b.action = :action) - 1 >
        (SELECT COUNT(*) FROM outbox b JOIN outbox_try t ON t.outbox_id = b.id WHERE b.subject = :id AND b.action = :action AND t.status <> :unsure)) IS TRUE AS maybe_sent
  FROM message m JOIN person p ON p.id = m.person_id WHERE m.id = :id

-- name: inbox_list many
-- in:   person u64, org u64, before u64, unread bool, topic message_topic?, limit i32
-- out:  id u64, event message_event, topic message_topic, link str, number str, subject str, amount money, deadline instant?, why str, read_at instant?
SELECT id, event, topic, link, number, subject, amount, deadline, why, read_at
  FROM message
 WHERE person_id = :person AND id < :before AND org_id = :org
 [unread? AND read_at IS NULL]
 [topic? AND topic = :topic]
 ORDER BY id DESC LIMIT :limit

-- name: inbox_find one
-- in:   person u64, org u64, id u64
-- out:  link str
SELECT link FROM message WHERE person_id = :person AND org_id = :org AND id = :id

-- name: inbox_mark exec
-- in:   person u64, org u64, id u64, now instant
UPDATE message SET read_at = :now WHERE person_id = :person AND org_id = :org AND id = :id AND read_at IS NULL

-- name: inbox_mark_all exec
-- in:   person u64, org u64, up_to u64, topic message_topic?, now instant
UPDATE message SET read_at = :now WHERE person_id = :person AND org_id = :org AND id <= :up_to AND read_at IS NULL [topic? AND topic = :topic]

-- name: inbox_count exec
-- in:   person u64, org u64, read u64
UPDATE inbox SET unread = GREATEST(CAST(unread AS SIGNED) - CAST(:read AS SIGNED), 0) WHERE person_id = :person AND org_id = :org

-- Where a person can be reached, and in which language.
-- name: message_contact one
-- in:   person u64
-- out:  email str?, mobile str?, language lang?
SELECT email, mobile, language FROM person WHERE id = :person

-- name: message_choice_list many
-- in:   person u64
-- out:  event str, by_email bool, by_sms bool
SELECT event, by_email, by_sms FROM message_choice WHERE person_id = :person LIMIT 200

-- name: message_choice_put bulk
-- in:   person u64, event str, by_email bool, by_sms bool
INSERT INTO message_choice (person_id, event, by_email, by_sms) VALUES (:person, :event, :by_email, :by_sms)
    ON DUPLICATE KEY UPDATE by_email = VALUES(by_email), by_sms = VALUES(by_sms)

-- E-mails and SMS in that state; failed ones that were not sent again.
-- name: message_desk many
-- in:   state outbox_state, retrying bool, before u64, limit i32
-- out:  id u64, state outbox_state, action str, tries u64, next_at instant?, created_at instant, done_at instant?, event message_event, number str, person_name str,
--       email str?, mobile str?, status u64?, answer str?
SELECT b.id, b.state, b.action, b.tries, b.next_at, b.created_at, b.done_at, m.event, m.number, p.name AS person_name, p.email, p.mobile, t.status, t.answer
  FROM outbox b
  JOIN message m ON m.id = b.subject
  JOIN person p ON p.id = m.person_id
  LEFT JOIN outbox_try t ON t.outbox_id = b.id AND t.try = b.tries
 WHERE b.kind = 'notify' AND b.state = :state AND b.id < :before AND b.action IN ('email', 'sms') AND b.acknowledged_at IS NULL
 [retrying? AND b.tries > 0]
 ORDER BY b.id DESC LIMIT :limit

-- One that failed, or all up to it.
-- name: message_failed lock_many
-- in:   id u64, all bool, limit i32
-- out:  id u64, subject u64, action str
SELECT id, subject, action FROM outbox
 WHERE kind = 'notify' AND state = 'failed' AND acknowledged_at IS NULL AND action IN ('email', 'sms')
 [all? AND id <= :id]
 [all! AND id = :id]
 ORDER BY id LIMIT :limit FOR UPDATE

-- name: message_failed_done exec
-- in:   id u64, now instant
UPDATE outbox SET acknowledged_at = :now WHERE id = :id AND state = 'failed' AND acknowledged_at IS NULL
