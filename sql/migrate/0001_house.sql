-- The first schema.  How it is built:
-- * Ids are made by the program (base/id.h): sorted by time, no auto_increment, the same on one server and on a cluster.
-- * A list that belongs to an owner is stored in its owner's order: primary key (owner, id), so that a page of it is one or two
--   pages of the B-tree.  A range of time is a range of ids.
-- * Counts that pages show are kept (org_counter), not counted.
-- * No foreign keys: on hot parents they take locks that would serialise payments; `yunshi audit` checks what they would.
-- * ENUM values are the names of src/domain/*.def; a contract test compares them.
-- * 0 and '' stand for themselves; "not there" is NULL.

CREATE TABLE org (
	id            BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	kind          ENUM('buyer','provider','platform') NOT NULL,
	name          VARCHAR(80) NOT NULL,
	paying_org_id BIGINT UNSIGNED NULL COMMENT 'paying account above a zone (ACC-4)',
	phone         VARCHAR(30) NOT NULL DEFAULT '',
	email         VARCHAR(120) NOT NULL DEFAULT '',
	freeze_kind   ENUM('arrears','violation','police') NULL COMMENT 'ACC-15',
	discount_pm   SMALLINT UNSIGNED NOT NULL DEFAULT 1000 COMMENT 'agreed commercial discount, per mille of the price',
	created_at    DATETIME(6) NOT NULL
) ENGINE=InnoDB;

CREATE TABLE org_counter (
	org_id     BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	to_confirm INT NOT NULL DEFAULT 0,
	in_review  INT NOT NULL DEFAULT 0,
	to_pay     INT NOT NULL DEFAULT 0,
	processing INT NOT NULL DEFAULT 0,
	refunding  INT NOT NULL DEFAULT 0,
	completed  INT NOT NULL DEFAULT 0,
	cancelled  INT NOT NULL DEFAULT 0,
	resources  INT NOT NULL DEFAULT 0
) ENGINE=InnoDB COMMENT='orders in each state and resources held, kept by every move';

CREATE TABLE person (
	id            BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	user_name     VARCHAR(60) NOT NULL,
	email         VARCHAR(120) NULL,
	mobile        VARCHAR(20) NULL,
	name          VARCHAR(60) NOT NULL,
	password_hash VARCHAR(160) NOT NULL COMMENT 'Argon2id (ACC-11)',
	language      ENUM('zh_cn','en') NULL,
	created_at    DATETIME(6) NOT NULL,
	UNIQUE KEY user_name (user_name),
	UNIQUE KEY email (email),
	UNIQUE KEY mobile (mobile)
) ENGINE=InnoDB;

CREATE TABLE member (
	person_id BIGINT UNSIGNED NOT NULL,
	org_id    BIGINT UNSIGNED NOT NULL,
	roles     INT UNSIGNED NOT NULL COMMENT 'set of role (src/domain/enums.def)',
	PRIMARY KEY (person_id, org_id),
	KEY org (org_id)
) ENGINE=InnoDB;

CREATE TABLE session (
	token_hash BINARY(32) NOT NULL PRIMARY KEY COMMENT 'SHA-256 of the cookie',
	id         BIGINT UNSIGNED NOT NULL,
	person_id  BIGINT UNSIGNED NOT NULL,
	org_id     BIGINT UNSIGNED NOT NULL,
	created_at DATETIME(6) NOT NULL,
	seen_at    DATETIME(6) NOT NULL,
	expires_at DATETIME(6) NOT NULL,
	address    VARCHAR(45) NOT NULL,
	agent      VARCHAR(200) NOT NULL,
	UNIQUE KEY id (id),
	KEY person (person_id, id),
	KEY expires (expires_at)
) ENGINE=InnoDB;

CREATE TABLE throttle (
	subject  BINARY(32) NOT NULL PRIMARY KEY COMMENT 'SHA-256 of what is counted: an account or an address (ACC-11)',
	failures INT UNSIGNED NOT NULL,
	begun_at DATETIME(6) NOT NULL,
	last_at  DATETIME(6) NOT NULL,
	KEY begun (begun_at)
) ENGINE=InnoDB;

CREATE TABLE idempotency (
	scope      BIGINT UNSIGNED NOT NULL COMMENT 'person who sent it',
	idem_key   VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	body_hash  BINARY(32) NOT NULL,
	status     SMALLINT UNSIGNED NOT NULL,
	location   VARCHAR(300) NOT NULL,
	body       TEXT NULL COMMENT 'the JSON answer',
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (scope, idem_key),
	KEY created (created_at)
) ENGINE=InnoDB;

CREATE TABLE category (
	code           VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
	position       SMALLINT UNSIGNED NOT NULL,
	name_zh        VARCHAR(40) NOT NULL,
	name_en        VARCHAR(60) NOT NULL,
	policy_version INT UNSIGNED NOT NULL
) ENGINE=InnoDB;

CREATE TABLE category_policy (
	category_code VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	version       INT UNSIGNED NOT NULL,
	supervised    ENUM('no','human_only','yes') NOT NULL COMMENT 'CAT-2: human_only = only with human delivery',
	refund        ENUM('none','five_days','five_days_or_acceptance','until_acceptance','disk_change','quota_then_fee') NOT NULL,
	refund_to     ENUM('origin','balance') NOT NULL,
	channels      SET('balance','wechat','b2b') NOT NULL,
	period_end    ENUM('end_of_day','to_second') NOT NULL COMMENT 'NUM-4',
	contract      BOOL NOT NULL,
	auto_renewal  BOOL NOT NULL,
	grace_days    SMALLINT UNSIGNED NOT NULL,
	recycle_days  SMALLINT UNSIGNED NOT NULL,
	commission_pm SMALLINT UNSIGNED NOT NULL,
	created_at    DATETIME(6) NOT NULL,
	PRIMARY KEY (category_code, version)
) ENGINE=InnoDB COMMENT='an order keeps the version it was sold under';

CREATE TABLE product (
	id                BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	slug              VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	provider_id       BIGINT UNSIGNED NOT NULL,
	category_code     VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	state             ENUM('draft','submitted','refused','listed','delisted') NOT NULL,
	name              VARCHAR(80) NOT NULL,
	summary           VARCHAR(200) NOT NULL,
	picture           VARCHAR(120) NOT NULL DEFAULT '' COMMENT 'file below /static/product/',
	delivery          ENUM('automatic','manual','none') NOT NULL,
	dialect           ENUM('tencent','koogallery','yunshi') NULL COMMENT 'PRV-1',
	webhook_url       VARCHAR(300) NOT NULL DEFAULT '',
	webhook_secret    VARBINARY(200) NULL COMMENT 'sealed',
	agreement_version INT UNSIGNED NOT NULL,
	price_from        BIGINT NULL COMMENT 'lowest list price of its plans, for lists',
	deals             INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'deals closed (CAT-12)',
	listed_at         DATETIME(6) NULL,
	created_at        DATETIME(6) NOT NULL,
	UNIQUE KEY slug (slug),
	KEY listed (state, deals, id),
	KEY listed_in (state, category_code, deals, id),
	KEY provider (provider_id, id)
) ENGINE=InnoDB;

CREATE TABLE product_text (
	product_id    BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	description   TEXT NOT NULL,
	guide         TEXT NOT NULL,
	after_sales   TEXT NOT NULL,
	agreement     TEXT NOT NULL,
	support_phone VARCHAR(30) NOT NULL,
	support_email VARCHAR(120) NOT NULL
) ENGINE=InnoDB COMMENT='the long texts, apart so that lists stay narrow';

CREATE TABLE product_term (
	term       VARCHAR(20) COLLATE utf8mb4_bin NOT NULL COMMENT 'lower-case word, or two neighbouring Chinese characters',
	product_id BIGINT UNSIGNED NOT NULL,
	PRIMARY KEY (term, product_id),
	KEY product (product_id)
) ENGINE=InnoDB;

CREATE TABLE plan (
	product_id    BIGINT UNSIGNED NOT NULL,
	id            BIGINT UNSIGNED NOT NULL,
	position      SMALLINT UNSIGNED NOT NULL,
	name          VARCHAR(60) NOT NULL,
	summary       VARCHAR(200) NOT NULL DEFAULT '',
	billing_mode  ENUM('yearly_monthly','pay_per_use','package','one_off','free') NOT NULL,
	unit          VARCHAR(20) NOT NULL COMMENT 'as shown: account, person-time, Mbit/s …',
	quantity_min  INT UNSIGNED NOT NULL DEFAULT 1,
	quantity_max  INT UNSIGNED NOT NULL DEFAULT 1,
	quantity_step INT UNSIGNED NOT NULL DEFAULT 1,
	trial         BOOL NOT NULL DEFAULT 0,
	stock         INT NULL COMMENT 'left; NULL = not limited',
	on_sale       BOOL NOT NULL DEFAULT 1,
	PRIMARY KEY (product_id, id),
	UNIQUE KEY id (id)
) ENGINE=InnoDB;

CREATE TABLE plan_price (
	plan_id       BIGINT UNSIGNED NOT NULL,
	duration_unit ENUM('minute','hour','day','month','year') NOT NULL,
	duration      SMALLINT UNSIGNED NOT NULL COMMENT 'one-off and packages: validity',
	price         BIGINT NOT NULL COMMENT 'fen for one unit over the whole duration',
	PRIMARY KEY (plan_id, duration_unit, duration)
) ENGINE=InnoDB;

CREATE TABLE plan_choice (
	plan_id     BIGINT UNSIGNED NOT NULL,
	option_code VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	code        VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	position    SMALLINT UNSIGNED NOT NULL,
	option_name VARCHAR(40) NOT NULL,
	name        VARCHAR(60) NOT NULL,
	effect_fen  BIGINT NOT NULL DEFAULT 0 COMMENT 'added for one unit over the whole duration',
	effect_pm   INT NOT NULL DEFAULT 0 COMMENT 'added per mille of the list price',
	PRIMARY KEY (plan_id, option_code, code)
) ENGINE=InnoDB;

CREATE TABLE agreement (
	kind       ENUM('platform') NOT NULL,
	version    INT UNSIGNED NOT NULL,
	text_zh    TEXT NOT NULL,
	text_en    TEXT NOT NULL,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (kind, version)
) ENGINE=InnoDB;

CREATE TABLE orders (
	buyer_id      BIGINT UNSIGNED NOT NULL,
	id            BIGINT UNSIGNED NOT NULL,
	number        VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'ORD-3: 20 digits; old ones are shorter',
	kind          ENUM('purchase','renewal','change','conversion','to_pay_per_use','unsubscribe') NOT NULL,
	state         ENUM('to_confirm','in_review','to_pay','processing','refunding','completed','cancelled') NOT NULL,
	billing_mode  ENUM('yearly_monthly','pay_per_use','package','one_off','free') NOT NULL,
	category_code VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	product_id    BIGINT UNSIGNED NOT NULL,
	plan_id       BIGINT UNSIGNED NOT NULL,
	provider_id   BIGINT UNSIGNED NOT NULL,
	product_name  VARCHAR(80) NOT NULL,
	plan_name     VARCHAR(60) NOT NULL,
	provider_name VARCHAR(80) NOT NULL,
	unit          VARCHAR(20) NOT NULL,
	quantity      INT UNSIGNED NOT NULL,
	duration      SMALLINT UNSIGNED NOT NULL,
	duration_unit ENUM('minute','hour','day','month','year') NULL,
	list_total    BIGINT NOT NULL,
	payable       BIGINT NOT NULL,
	paid          BIGINT NOT NULL DEFAULT 0,
	creator_id    BIGINT UNSIGNED NOT NULL,
	payer_org_id  BIGINT UNSIGNED NOT NULL COMMENT 'the paying account (ACC-4), else the buyer',
	created_at    DATETIME(6) NOT NULL,
	deadline_at   DATETIME(6) NULL COMMENT 'when the system cancels it (ORD-6)',
	paid_at       DATETIME(6) NULL,
	closed_at     DATETIME(6) NULL COMMENT 'completed or cancelled',
	combined_id   BIGINT UNSIGNED NULL COMMENT 'ORD-5',
	hidden_at     DATETIME(6) NULL COMMENT 'ORD-7',
	PRIMARY KEY (buyer_id, id),
	UNIQUE KEY id (id),
	UNIQUE KEY number (number),
	KEY tab (buyer_id, state, id),
	KEY due (state, deadline_at),
	KEY provider (provider_id, id)
) ENGINE=InnoDB;

CREATE TABLE order_sold (
	order_id           BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	policy_version     INT UNSIGNED NOT NULL,
	product_agreement  INT UNSIGNED NOT NULL COMMENT 'version ticked (ORD-10)',
	platform_agreement INT UNSIGNED NOT NULL,
	plan               TEXT NOT NULL COMMENT 'JSON: copy of the plan as sold (CAT-10)',
	price              TEXT NOT NULL COMMENT 'JSON: every line of how the price came about (CAT-4)',
	contact            VARCHAR(30) NOT NULL,
	memo               VARCHAR(200) NOT NULL,
	creator_name       VARCHAR(60) NOT NULL
) ENGINE=InnoDB;

CREATE TABLE order_line (
	order_id    BIGINT UNSIGNED NOT NULL,
	line        SMALLINT UNSIGNED NOT NULL,
	state       ENUM('waiting','delivered','failed') NOT NULL,
	amount      BIGINT NOT NULL COMMENT 'share of payable',
	resource_id BIGINT UNSIGNED NOT NULL COMMENT 'what the line becomes: known from the beginning, there once it is paid',
	PRIMARY KEY (order_id, line)
) ENGINE=InnoDB;

CREATE TABLE resource (
	buyer_id      BIGINT UNSIGNED NOT NULL,
	id            BIGINT UNSIGNED NOT NULL,
	state         ENUM('provisioning','in_use','expired','released','refunded','failed') NOT NULL,
	delivery      ENUM('automatic','manual','none') NOT NULL,
	order_id      BIGINT UNSIGNED NOT NULL,
	order_number  VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	order_line    SMALLINT UNSIGNED NOT NULL,
	product_id    BIGINT UNSIGNED NOT NULL,
	plan_id       BIGINT UNSIGNED NOT NULL,
	provider_id   BIGINT UNSIGNED NOT NULL,
	name          VARCHAR(80) NOT NULL,
	product_name  VARCHAR(80) NOT NULL,
	plan_name     VARCHAR(60) NOT NULL,
	quantity      INT UNSIGNED NOT NULL,
	unit          VARCHAR(20) NOT NULL,
	sign_id       VARCHAR(64) NULL COMMENT 'the provider''s own number for it',
	anchor_day    TINYINT UNSIGNED NULL COMMENT 'NUM-4',
	begin_at      DATETIME(6) NULL,
	end_at        DATETIME(6) NULL,
	created_at    DATETIME(6) NOT NULL,
	PRIMARY KEY (buyer_id, id),
	UNIQUE KEY id (id),
	KEY tab (buyer_id, state, id),
	KEY ends (state, end_at),
	KEY orders (order_id)
) ENGINE=InnoDB;

CREATE TABLE resource_field (
	resource_id BIGINT UNSIGNED NOT NULL,
	position    SMALLINT UNSIGNED NOT NULL,
	name        VARCHAR(60) NOT NULL COMMENT 'website, auth_url, account, password, or what the provider calls it',
	value       VARCHAR(1000) NULL,
	sealed      VARBINARY(2000) NULL COMMENT 'instead of value: shown on demand (DEL-3)',
	PRIMARY KEY (resource_id, position)
) ENGINE=InnoDB;

CREATE TABLE payment (
	id             BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	number         VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	org_id         BIGINT UNSIGNED NOT NULL,
	channel        ENUM('balance','wechat','b2b') NOT NULL,
	state          ENUM('created','waiting','succeeded','failed','closed','expired','unknown') NOT NULL,
	amount         BIGINT NOT NULL,
	sign_type      ENUM('md5','hmac_sha256') NULL COMMENT 'WXP-2',
	code_url       VARCHAR(200) NULL,
	transaction_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
	created_at     DATETIME(6) NOT NULL,
	deadline_at    DATETIME(6) NOT NULL,
	paid_at        DATETIME(6) NULL,
	query_at       DATETIME(6) NULL COMMENT 'when the channel is asked next (MON-8)',
	queries        SMALLINT UNSIGNED NOT NULL DEFAULT 0,
	UNIQUE KEY number (number),
	KEY ask (query_at),
	KEY org (org_id, id)
) ENGINE=InnoDB;

CREATE TABLE payment_order (
	payment_id BIGINT UNSIGNED NOT NULL,
	order_id   BIGINT UNSIGNED NOT NULL,
	amount     BIGINT NOT NULL,
	PRIMARY KEY (payment_id, order_id),
	KEY orders (order_id)
) ENGINE=InnoDB;

CREATE TABLE notice (
	channel        ENUM('balance','wechat','b2b') NOT NULL,
	transaction_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	payment_number VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	amount         BIGINT NOT NULL,
	outcome        ENUM('applied','duplicate','late','mismatch','unknown','second') NOT NULL,
	source         ENUM('notification','query') NOT NULL,
	raw            MEDIUMBLOB NOT NULL,
	received_at    DATETIME(6) NOT NULL,
	PRIMARY KEY (channel, transaction_id)
) ENGINE=InnoDB COMMENT='what a channel said, as it came (MON-6); one row for each transaction of the channel for ever';

CREATE TABLE finance_case (
	id             BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	kind           ENUM('late','second_payment','mismatch','unknown_number','frozen_buyer') NOT NULL,
	state          ENUM('open','settled') NOT NULL,
	channel        ENUM('balance','wechat','b2b') NOT NULL,
	transaction_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	payment_number VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	org_id         BIGINT UNSIGNED NULL,
	amount         BIGINT NOT NULL,
	expected       BIGINT NULL,
	raw            MEDIUMBLOB NOT NULL,
	created_at     DATETIME(6) NOT NULL,
	UNIQUE KEY once (kind, channel, transaction_id),
	KEY desk (state, id)
) ENGINE=InnoDB COMMENT='MON-7: money that needs a person';

CREATE TABLE account (
	owner   BIGINT UNSIGNED NOT NULL COMMENT 'organisation; for clearing the number of the channel',
	kind    ENUM('cash','gift','frozen','arrears','clearing','refund_due','held','payable','commission','withdrawal_due','voucher','card','unexplained') NOT NULL,
	shard   TINYINT UNSIGNED NOT NULL COMMENT 'busy accounts are kept in several rows, so that payments do not wait for each other',
	balance BIGINT NOT NULL,
	PRIMARY KEY (owner, kind, shard),
	CONSTRAINT never_negative CHECK (kind NOT IN ('cash', 'frozen') OR balance >= 0)
) ENGINE=InnoDB COMMENT='MON-1; all balances sum to 0';

CREATE TABLE journal (
	id         BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	kind       ENUM('payment_in','order_pay','order_refund','late_in','unexplained_in','unexplained_claim','refund_out','refund_done','topup') NOT NULL,
	org_id     BIGINT UNSIGNED NOT NULL,
	order_id   BIGINT UNSIGNED NULL,
	payment_id BIGINT UNSIGNED NULL,
	booked_at  DATETIME(6) NOT NULL,
	KEY org (org_id, id),
	KEY payment (payment_id),
	KEY orders (order_id)
) ENGINE=InnoDB;

CREATE TABLE posting (
	journal_id BIGINT UNSIGNED NOT NULL,
	line       SMALLINT UNSIGNED NOT NULL,
	owner      BIGINT UNSIGNED NOT NULL,
	kind       ENUM('cash','gift','frozen','arrears','clearing','refund_due','held','payable','commission','withdrawal_due','voucher','card','unexplained') NOT NULL,
	shard      TINYINT UNSIGNED NOT NULL,
	amount     BIGINT NOT NULL,
	PRIMARY KEY (journal_id, line),
	KEY account (owner, kind, shard, journal_id, amount)
) ENGINE=InnoDB;

CREATE TABLE outbox (
	id         BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	kind       ENUM('provision','notify','channel_query','channel_close','channel_refund') NOT NULL,
	state      ENUM('waiting','done','failed') NOT NULL,
	subject    BIGINT UNSIGNED NOT NULL COMMENT 'resource or payment; the rows of one subject go out in order of id',
	action     VARCHAR(30) CHARACTER SET ascii NOT NULL DEFAULT '',
	tries      SMALLINT UNSIGNED NOT NULL DEFAULT 0,
	next_at    DATETIME(6) NULL COMMENT 'NULL when done or failed',
	created_at DATETIME(6) NOT NULL,
	done_at    DATETIME(6) NULL,
	KEY due (next_at, id),
	KEY subject (subject, id)
) ENGINE=InnoDB COMMENT='effects outside, written in the transaction that causes them';

CREATE TABLE outbox_try (
	outbox_id BIGINT UNSIGNED NOT NULL,
	try       SMALLINT UNSIGNED NOT NULL,
	begun_at  DATETIME(6) NOT NULL,
	took_ms   INT UNSIGNED NOT NULL,
	status    SMALLINT UNSIGNED NOT NULL COMMENT 'HTTP status, 0 when there was no answer',
	answer    VARCHAR(500) NOT NULL COMMENT 'what came back in a few words; secrets left out',
	PRIMARY KEY (outbox_id, try)
) ENGINE=InnoDB;

CREATE TABLE audit_log (
	id          BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	object_kind ENUM('order','payment','resource','person','session','product','organisation','case','system') NOT NULL,
	object_id   BIGINT UNSIGNED NOT NULL,
	org_id      BIGINT UNSIGNED NOT NULL COMMENT 'whose object it is; 0 = the platform''s',
	event       VARCHAR(40) CHARACTER SET ascii NOT NULL,
	from_state  VARCHAR(20) CHARACTER SET ascii NULL,
	to_state    VARCHAR(20) CHARACTER SET ascii NULL,
	why         VARCHAR(200) NOT NULL DEFAULT '',
	details     TEXT NULL COMMENT 'JSON: before and after of what else changed',
	actor_id    BIGINT UNSIGNED NOT NULL COMMENT 'person; 0 = the system or a channel',
	actor_org   BIGINT UNSIGNED NOT NULL COMMENT 'as whom',
	actor_name  VARCHAR(60) NOT NULL,
	address     VARCHAR(45) NOT NULL,
	request_id  VARCHAR(40) CHARACTER SET ascii NOT NULL,
	KEY object (object_id, id),
	KEY org (org_id, id)
) ENGINE=InnoDB COMMENT='ACC-14; the time is in the id. The history of an order are its rows here (ORD-2)';

CREATE TABLE audit_seal (
	seq      BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	entry_id BIGINT UNSIGNED NOT NULL,
	hash     BINARY(32) NOT NULL COMMENT 'SHA-256 of the seal before and of the entry',
	UNIQUE KEY entry (entry_id)
) ENGINE=InnoDB COMMENT='chain over audit_log, made by one background job, so that requests do not wait for each other';

-- Written once, never changed: refused even to those who hold the grant.
CREATE TRIGGER journal_keeps BEFORE UPDATE ON journal FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'journal is never changed';
CREATE TRIGGER journal_stays BEFORE DELETE ON journal FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'journal is never deleted';
CREATE TRIGGER posting_keeps BEFORE UPDATE ON posting FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'posting is never changed';
CREATE TRIGGER posting_stays BEFORE DELETE ON posting FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'posting is never deleted';
CREATE TRIGGER audit_log_keeps BEFORE UPDATE ON audit_log FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit_log is never changed';
CREATE TRIGGER audit_log_stays BEFORE DELETE ON audit_log FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit_log is never deleted';
CREATE TRIGGER audit_seal_keeps BEFORE UPDATE ON audit_seal FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit_seal is never changed';
CREATE TRIGGER audit_seal_stays BEFORE DELETE ON audit_seal FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit_seal is never deleted';
