-- What the operators' desk keeps: working days, rules of review, who changed a policy.
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
