-- What the operators' desk keeps: working days, rules of review, who changed a policy; and what people are told.
CREATE TABLE workday_exception (
	day     DATE NOT NULL PRIMARY KEY,
	working BOOL NOT NULL COMMENT '1: a weekend day on which one works; 0: a holiday',
	name    VARCHAR(60) NOT NULL
) ENGINE=InnoDB COMMENT='working days are Monday to Friday but for these (NUM-5)';

ALTER TABLE category
	ADD COLUMN id BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'by which the audit log knows it' FIRST;
UPDATE category SET id = position;
ALTER TABLE category ADD UNIQUE KEY id (id);
ALTER TABLE category_policy
	ADD COLUMN author VARCHAR(60) NOT NULL DEFAULT '' COMMENT 'who made this version',
	ADD COLUMN why VARCHAR(200) NOT NULL DEFAULT '';

CREATE TABLE review_rule (
	id            BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	category_code VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'NULL: of any',
	org_id        BIGINT UNSIGNED NULL COMMENT 'the customer; NULL: any',
	plan_id       BIGINT UNSIGNED NULL COMMENT 'NULL: any',
	amount_over   BIGINT NULL COMMENT 'payable above so many fen; NULL: of any amount',
	enabled       BOOL NOT NULL,
	note          VARCHAR(200) NOT NULL COMMENT 'why: stands in the history of the orders that it catches'
) ENGINE=InnoDB COMMENT='ORD-8: an order that fits everything that one of them says waits for an approver';

ALTER TABLE org
	ADD KEY kind (kind, id),
	ADD KEY frozen (freeze_kind, id);

CREATE TABLE message (
	id         BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	org_id     BIGINT UNSIGNED NOT NULL,
	person_id  BIGINT UNSIGNED NULL COMMENT 'to this member of it; NULL, or no member: to those with one of the roles',
	roles      INT UNSIGNED NOT NULL,
	event      ENUM('order_to_confirm','order_review','order_approved','order_refused','order_lapsed','order_paid','order_completed','order_failed') NOT NULL,
	params     VARCHAR(2000) NOT NULL COMMENT 'JSON: what the placeholders of its text stand for',
	link       VARCHAR(300) NOT NULL COMMENT 'the page that it is about'
) ENGINE=InnoDB COMMENT='written in the transaction of the event (ACC-16); a job brings it to people';

CREATE TABLE inbox (
	person_id  BIGINT UNSIGNED NOT NULL,
	org_id     BIGINT UNSIGNED NOT NULL,
	message_id BIGINT UNSIGNED NOT NULL,
	read_at    DATETIME(6) NULL,
	PRIMARY KEY (person_id, org_id, message_id)
) ENGINE=InnoDB COMMENT='what a person was told as a member of an organisation';
CREATE TABLE inbox_unread (
	person_id BIGINT UNSIGNED NOT NULL,
	org_id    BIGINT UNSIGNED NOT NULL,
	unread    INT NOT NULL,
	PRIMARY KEY (person_id, org_id)
) ENGINE=InnoDB COMMENT='kept by what is written and read';

CREATE TABLE message_send (
	id         BIGINT UNSIGNED NOT NULL PRIMARY KEY COMMENT 'stands in the Message-ID: the same however often it is sent',
	message_id BIGINT UNSIGNED NOT NULL,
	means      ENUM('email','sms') NOT NULL,
	address    VARCHAR(120) NOT NULL,
	name       VARCHAR(60) NOT NULL,
	language   ENUM('zh_cn','en') NULL,
	KEY message (message_id)
) ENGINE=InnoDB COMMENT='one e-mail or short message to one person; its tries are those of its outbox row';
