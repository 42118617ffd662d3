-- Top-ups, also by transfer; withdrawals; payouts (MON-11, MON-12, ISO-7).
ALTER TABLE payment ADD KEY purpose (org_id, purpose, id);

CREATE TABLE org_remit (
	org_id     BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	number     VARCHAR(11) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'YS, 8 digits, check digit: what a transfer bears',
	created_at DATETIME(6) NOT NULL,
	UNIQUE KEY number (number)
) ENGINE=InnoDB;

CREATE TABLE remittance (
	org_id        BIGINT UNSIGNED NOT NULL,
	payment_id    BIGINT UNSIGNED NOT NULL COMMENT 'the top-up that it became',
	bank          ENUM('icbc','abc','boc','ccb','bocom','cmb','citic','ceb','spdb','cib','pab') NOT NULL,
	account       VARCHAR(34) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the platform''s',
	reference     VARCHAR(35) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the bank''s own of its entry',
	payer_name    VARCHAR(140) NOT NULL,
	payer_account VARCHAR(40) CHARACTER SET ascii NOT NULL,
	claim_id      BIGINT UNSIGNED NULL COMMENT 'it bore no number: the claim that explains it',
	PRIMARY KEY (org_id, payment_id),
	UNIQUE KEY once (account, reference)
) ENGINE=InnoDB COMMENT='transfers that became cash of an organisation';

CREATE TABLE remit_claim (
	id            BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	org_id        BIGINT UNSIGNED NOT NULL,
	state         ENUM('open','proposed','accepted','refused','withdrawn') NOT NULL,
	amount        BIGINT NOT NULL,
	paid_on       DATE NOT NULL,
	payer_name    VARCHAR(80) NOT NULL,
	payer_account VARCHAR(40) CHARACTER SET ascii NOT NULL,
	note          VARCHAR(200) NOT NULL,
	proof_type    ENUM('png','jpeg','pdf') NOT NULL,
	proof         MEDIUMBLOB NOT NULL,
	entry_id      BIGINT UNSIGNED NULL COMMENT 'the bank''s entry that it is held to be',
	proposed_by   BIGINT UNSIGNED NULL,
	proposed_name VARCHAR(60) NOT NULL DEFAULT '',
	decided_by    BIGINT UNSIGNED NULL,
	decided_name  VARCHAR(60) NOT NULL DEFAULT '',
	reason        VARCHAR(200) NOT NULL DEFAULT '',
	created_at    DATETIME(6) NOT NULL,
	decided_at    DATETIME(6) NULL,
	KEY desk (state, id),
	KEY org (org_id, id)
) ENGINE=InnoDB COMMENT='a buyer says that a transfer without a number is his (MON-11)';

CREATE TABLE payee_account (
	org_id     BIGINT UNSIGNED NOT NULL,
	id         BIGINT UNSIGNED NOT NULL,
	name       VARCHAR(80) NOT NULL,
	bank       ENUM('icbc','abc','boc','ccb','bocom','cmb','citic','ceb','spdb','cib','pab') NOT NULL,
	branch     VARCHAR(80) NOT NULL,
	account    VARCHAR(34) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	is_default BOOL NOT NULL,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (org_id, id),
	UNIQUE KEY once (org_id, account)
) ENGINE=InnoDB COMMENT='bank accounts in an organisation''s own name, for withdrawals';

CREATE TABLE withdrawal (
	org_id        BIGINT UNSIGNED NOT NULL,
	id            BIGINT UNSIGNED NOT NULL,
	number        VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	state         ENUM('requested','under_way','done','refused','cancelled') NOT NULL,
	amount        BIGINT NOT NULL,
	payee_name    VARCHAR(80) NOT NULL DEFAULT '' COMMENT 'as it was when it was asked for',
	payee_bank    ENUM('icbc','abc','boc','ccb','bocom','cmb','citic','ceb','spdb','cib','pab') NULL,
	payee_branch  VARCHAR(80) NOT NULL DEFAULT '',
	payee_account VARCHAR(34) CHARACTER SET ascii NOT NULL DEFAULT '',
	asked_by      BIGINT UNSIGNED NOT NULL,
	asked_name    VARCHAR(60) NOT NULL,
	created_at    DATETIME(6) NOT NULL,
	decided_by    BIGINT UNSIGNED NULL,
	decided_name  VARCHAR(60) NOT NULL DEFAULT '',
	decided_at    DATETIME(6) NULL,
	reason        VARCHAR(200) NOT NULL DEFAULT '',
	ended_at      DATETIME(6) NULL,
	PRIMARY KEY (org_id, id),
	UNIQUE KEY id (id),
	UNIQUE KEY number (number),
	KEY desk (state, id)
) ENGINE=InnoDB;

CREATE TABLE withdrawal_part (
	withdrawal_id BIGINT UNSIGNED NOT NULL,
	line          SMALLINT UNSIGNED NOT NULL,
	payment_id    BIGINT UNSIGNED NULL COMMENT 'goes back the way that it came by; NULL: to the bank account',
	amount        BIGINT NOT NULL,
	state         ENUM('planned','under_way','done','refused','dropped') NOT NULL,
	subject_id    BIGINT UNSIGNED NULL COMMENT 'the refund or payout',
	why           VARCHAR(200) NOT NULL DEFAULT '',
	PRIMARY KEY (withdrawal_id, line),
	KEY payment (payment_id)
) ENGINE=InnoDB;

CREATE TABLE payout (
	id         BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	number     VARCHAR(35) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'EndToEndId',
	cause      ENUM('refund','withdrawal') NOT NULL,
	cause_id   BIGINT UNSIGNED NOT NULL,
	org_id     BIGINT UNSIGNED NOT NULL,
	name       VARCHAR(140) NOT NULL,
	account    VARCHAR(40) CHARACTER SET ascii NOT NULL,
	bank       ENUM('icbc','abc','boc','ccb','bocom','cmb','citic','ceb','spdb','cib','pab') NULL,
	amount     BIGINT NOT NULL,
	purpose    VARCHAR(140) NOT NULL,
	state      ENUM('waiting','filed','sent','done','refused') NOT NULL,
	batch_id   BIGINT UNSIGNED NULL,
	why        VARCHAR(200) NOT NULL DEFAULT '',
	created_at DATETIME(6) NOT NULL,
	ended_at   DATETIME(6) NULL,
	UNIQUE KEY number (number),
	UNIQUE KEY cause (cause, cause_id),
	KEY desk (state, id),
	KEY batch (batch_id, id)
) ENGINE=InnoDB COMMENT='money that a bank is told to pay (ISO-7)';

CREATE TABLE payout_batch (
	id           BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	number       VARCHAR(35) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'MsgId',
	bank         ENUM('icbc','abc','boc','ccb','bocom','cmb','citic','ceb','spdb','cib','pab') NOT NULL,
	account      VARCHAR(34) CHARACTER SET ascii NOT NULL COMMENT 'the platform''s, that pays',
	state        ENUM('proposed','approved','closed','discarded') NOT NULL,
	payouts      INT UNSIGNED NOT NULL,
	total        BIGINT NOT NULL,
	document     MEDIUMBLOB NOT NULL COMMENT 'pain.001, as it was proposed',
	made_by      BIGINT UNSIGNED NOT NULL,
	made_name    VARCHAR(60) NOT NULL,
	created_at   DATETIME(6) NOT NULL,
	decided_by   BIGINT UNSIGNED NULL,
	decided_name VARCHAR(60) NOT NULL DEFAULT '',
	decided_at   DATETIME(6) NULL,
	filed_at     DATETIME(6) NULL COMMENT 'when it lay in the bank''s folder',
	closed_at    DATETIME(6) NULL,
	UNIQUE KEY number (number),
	KEY desk (state, id)
) ENGINE=InnoDB;
