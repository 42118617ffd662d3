-- Refunds through channels (REF-1, MON-7, MON-12), and what finance proposes.
ALTER TABLE payment
	ADD COLUMN refunded BIGINT NOT NULL DEFAULT 0 COMMENT 'went back through its channel, or is on its way there',
	ADD CONSTRAINT refunded_at_most CHECK (refunded BETWEEN 0 AND amount);
ALTER TABLE finance_case
	ADD COLUMN refunded BIGINT NOT NULL DEFAULT 0 COMMENT 'of its receipt: went back, or is on its way',
	ADD CONSTRAINT case_refunded_at_most CHECK (refunded BETWEEN 0 AND amount);

CREATE TABLE refund (
	id             BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	number         VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'what the channel knows it by',
	org_id         BIGINT UNSIGNED NOT NULL COMMENT 'whose money it is; 0: of unexplained receipts',
	cause          ENUM('orders','case','withdrawal') NOT NULL,
	cause_id       BIGINT UNSIGNED NOT NULL COMMENT 'the first unsubscribe order, the case, the withdrawal',
	cause_line     BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'of a withdrawal: its part',
	state          ENUM('waiting','unknown','sent','stopped','done','refused') NOT NULL,
	channel        ENUM('balance','wechat','b2b') NOT NULL,
	payment_id     BIGINT UNSIGNED NULL COMMENT 'that brought the money; NULL: the receipt of the case',
	payment_number VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	transaction_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the channel''s, of what came in',
	paid           BIGINT NOT NULL COMMENT 'what came in',
	amount         BIGINT NOT NULL,
	refund_id      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'the channel''s',
	why            VARCHAR(200) NOT NULL COMMENT 'what the payer reads',
	answer         VARCHAR(200) NOT NULL DEFAULT '' COMMENT 'why it was refused, given up or stopped',
	tries          SMALLINT UNSIGNED NOT NULL DEFAULT 0,
	tried_at       DATETIME(6) NULL,
	next_at        DATETIME(6) NULL COMMENT 'when its channel is told or asked next',
	done_at        DATETIME(6) NULL,
	stopped_by     BIGINT UNSIGNED NULL,
	stopped_name   VARCHAR(60) NULL,
	out_journal    BIGINT UNSIGNED NOT NULL COMMENT 'REFUND_OUT',
	end_journal    BIGINT UNSIGNED NULL COMMENT 'REFUND_DONE or REFUND_BACK',
	UNIQUE KEY number (number),
	UNIQUE KEY out_journal (out_journal),
	UNIQUE KEY end_journal (end_journal),
	KEY due (next_at),
	KEY desk (state, id),
	KEY payment (payment_id),
	KEY cause (cause, cause_id),
	KEY org (org_id, id),
	CONSTRAINT refund_at_most CHECK (amount BETWEEN 1 AND paid)
) ENGINE=InnoDB COMMENT='money that goes back through the channel that it came by; the row is its own outbox';

CREATE TABLE refund_order (
	refund_id BIGINT UNSIGNED NOT NULL,
	order_id  BIGINT UNSIGNED NOT NULL,
	buyer_id  BIGINT UNSIGNED NOT NULL,
	amount    BIGINT NOT NULL,
	PRIMARY KEY (refund_id, order_id),
	UNIQUE KEY orders (order_id)
) ENGINE=InnoDB COMMENT='the unsubscribe orders that wait for a refund, each with its share';

CREATE TABLE refund_try (
	refund_id BIGINT UNSIGNED NOT NULL,
	try       SMALLINT UNSIGNED NOT NULL,
	step      ENUM('tell','ask') NOT NULL,
	begun_at  DATETIME(6) NOT NULL,
	took_ms   INT UNSIGNED NOT NULL,
	answer    VARCHAR(300) NOT NULL,
	PRIMARY KEY (refund_id, try, step)
) ENGINE=InnoDB COMMENT='what the channel was told and asked, and what it answered';

CREATE TABLE refund_proposal (
	id            BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	state         ENUM('proposed','approved','declined') NOT NULL,
	order_id      BIGINT UNSIGNED NOT NULL,
	buyer_id      BIGINT UNSIGNED NOT NULL,
	resource_id   BIGINT UNSIGNED NULL COMMENT 'that ends with it',
	amount        BIGINT NOT NULL,
	target        ENUM('origin','balance') NOT NULL,
	why           VARCHAR(200) NOT NULL,
	proposed_by   BIGINT UNSIGNED NOT NULL,
	proposed_name VARCHAR(60) NOT NULL,
	decided_by    BIGINT UNSIGNED NULL,
	decided_name  VARCHAR(60) NULL,
	decided_at    DATETIME(6) NULL,
	decided_why   VARCHAR(200) NOT NULL DEFAULT '',
	unsubscribe_id BIGINT UNSIGNED NULL COMMENT 'the order that it became',
	open_order    BIGINT UNSIGNED AS (IF(state = 'proposed', order_id, NULL)) STORED,
	UNIQUE KEY open_order (open_order),
	KEY desk (state, id),
	KEY orders (order_id),
	CONSTRAINT proposal_amount CHECK (amount > 0),
	CONSTRAINT four_eyes CHECK (decided_by <> proposed_by)
) ENGINE=InnoDB COMMENT='refunds by finance: one proposes, another decides';
