-- Messages to people (ACC-16): the inbox of the console; e-mail and SMS go out by the outbox, one row for each message and way.
CREATE TABLE message (
	person_id  BIGINT UNSIGNED NOT NULL,
	id         BIGINT UNSIGNED NOT NULL,
	org_id     BIGINT UNSIGNED NOT NULL COMMENT 'as whose member it reached the person',
	event      ENUM('order_to_confirm','order_to_review','order_approved','order_refused','order_lapsed','order_paid','order_sold','order_completed','order_failed','order_refunded','refund_refused') NOT NULL,
	link       VARCHAR(120) CHARACTER SET ascii NOT NULL COMMENT 'page of what it is about',
	number     VARCHAR(20) CHARACTER SET ascii NOT NULL COMMENT 'of what it is about',
	subject    VARCHAR(80) NOT NULL COMMENT 'product',
	amount     BIGINT NOT NULL,
	deadline   DATETIME(6) NULL,
	why        VARCHAR(200) NOT NULL,
	read_at    DATETIME(6) NULL,
	PRIMARY KEY (person_id, id),
	UNIQUE KEY id (id)
) ENGINE=InnoDB;
CREATE TABLE inbox (
	person_id BIGINT UNSIGNED NOT NULL,
	org_id    BIGINT UNSIGNED NOT NULL,
	unread    INT UNSIGNED NOT NULL,
	PRIMARY KEY (person_id, org_id)
) ENGINE=InnoDB COMMENT='how many messages are not read yet, kept by every change';
