-- Messages to people (ACC-16): their topics, which means each person chose, warnings before the end, what could not be sent.
ALTER TABLE message
	ADD COLUMN topic ENUM('orders','money','delivery','resources','provider','platform') NOT NULL DEFAULT 'orders' AFTER event,
	ADD KEY unread (person_id, org_id, read_at, id),
	ADD KEY topic (person_id, org_id, topic, id);
UPDATE message SET topic = CASE
	WHEN event IN ('order_failed', 'order_refunded', 'refund_refused', 'topup_done', 'money_booked', 'refund_arrived', 'refund_to_balance', 'withdrawal_done', 'withdrawal_refused', 'spend_alert') THEN 'money'
	WHEN event IN ('order_to_review', 'case_opened') THEN 'platform'
	ELSE 'orders' END;
ALTER TABLE message ALTER COLUMN topic DROP DEFAULT;
CREATE TABLE message_choice (
	person_id BIGINT UNSIGNED NOT NULL,
	event     VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'message_event',
	by_email  BOOL NOT NULL,
	by_sms    BOOL NOT NULL,
	PRIMARY KEY (person_id, event)
) ENGINE=InnoDB COMMENT='what a person chose; without a row the defaults of the roles hold';
CREATE TABLE expiry_watch (
	days     TINYINT UNSIGNED NOT NULL PRIMARY KEY COMMENT 'before the end',
	up_to    DATETIME(6) NOT NULL COMMENT 'those that end until then have been told …',
	buyer_id BIGINT UNSIGNED NOT NULL COMMENT '… and of those that end just then, up to this one',
	id       BIGINT UNSIGNED NOT NULL
) ENGINE=InnoDB COMMENT='how far the warnings before the end of resources are (ACC-16)';
INSERT INTO expiry_watch (days, up_to, buyer_id, id) VALUES
	(30, '2000-01-01', 0, 0), (15, '2000-01-01', 0, 0), (7, '2000-01-01', 0, 0), (3, '2000-01-01', 0, 0), (1, '2000-01-01', 0, 0);
ALTER TABLE outbox ADD KEY failed (kind, state, id);
