-- Supervised delivery: the delivery centre (DEL-5 to DEL-11).
CREATE TABLE delivery (
	buyer_id               BIGINT UNSIGNED NOT NULL,
	id                     BIGINT UNSIGNED NOT NULL,
	number                 VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	state                  ENUM('awaiting_requirement','awaiting_confirmation','in_implementation','awaiting_acceptance','completed','closed') NOT NULL,
	hold                   ENUM('appeal','refund') NULL COMMENT 'nobody can act, and its clocks stand still',
	held_at                DATETIME(6) NULL,
	version                INT UNSIGNED NOT NULL COMMENT 'grows with everything that happens to it',
	provider_id            BIGINT UNSIGNED NOT NULL,
	order_id               BIGINT UNSIGNED NOT NULL,
	order_number           VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	resource_id            BIGINT UNSIGNED NOT NULL COMMENT 'what the line becomes: it is handed over when the delivery is completed',
	product_id             BIGINT UNSIGNED NOT NULL,
	product_name           VARCHAR(80) NOT NULL,
	plan_name              VARCHAR(60) NOT NULL,
	mode                   ENUM('automatic','manual','none') NOT NULL,
	requirement_rejections SMALLINT UNSIGNED NOT NULL DEFAULT 0,
	acceptance_rejections  SMALLINT UNSIGNED NOT NULL DEFAULT 0,
	step_since             DATETIME(6) NOT NULL COMMENT 'when this step began, later by the time that it was held',
	due_at                 DATETIME(6) NULL COMMENT 'of a step: what happens by itself then, or may be done (DEL-6, DEL-8)',
	provider_due_at        DATETIME(6) AS (IF(state IN ('awaiting_confirmation','in_implementation'), due_at, NULL)) STORED,
	alarm_at               DATETIME(6) NULL COMMENT 'when a job looks at it next; NULL: nothing comes by itself',
	warned                 TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'in this step: days before due_at of the latest warning',
	material_since         DATETIME(6) NULL COMMENT 'the provider waits for material from the buyer (DEL-8)',
	created_at             DATETIME(6) NOT NULL,
	ended_at               DATETIME(6) NULL,
	PRIMARY KEY (buyer_id, id),
	UNIQUE KEY id (id),
	UNIQUE KEY number (number),
	UNIQUE KEY resource (resource_id),
	KEY tab (buyer_id, state, id),
	KEY provider (provider_id, id),
	KEY provider_tab (provider_id, state, id),
	KEY queue (provider_id, provider_due_at, id),
	KEY alarm (alarm_at, id)
) ENGINE=InnoDB COMMENT='one for each line that is supervised';

CREATE TABLE delivery_round (
	delivery_id BIGINT UNSIGNED NOT NULL,
	id          BIGINT UNSIGNED NOT NULL,
	event       ENUM('open','require','confirm','reject_requirement','report','supply','submit','accept','reject_acceptance','auto_accept','freeze','resume','complete','close') NOT NULL,
	side        ENUM('buyer','provider','platform') NULL COMMENT 'NULL: the system',
	person      BIGINT UNSIGNED NULL,
	person_name VARCHAR(60) NOT NULL,
	text        VARCHAR(1000) NOT NULL,
	PRIMARY KEY (delivery_id, id),
	UNIQUE KEY id (id)
) ENGINE=InnoDB COMMENT='what happened to a delivery, written once (DEL-7)';

CREATE TABLE delivery_counter (
	org_id BIGINT UNSIGNED NOT NULL,
	state  ENUM('awaiting_requirement','awaiting_confirmation','in_implementation','awaiting_acceptance','completed','closed') NOT NULL,
	n      INT NOT NULL,
	PRIMARY KEY (org_id, state)
) ENGINE=InnoDB COMMENT='deliveries of a buyer, or of a provider, in each state';

-- A product may say that it needs no requirement; whether its category asks for one is its policy's.
ALTER TABLE product
	ADD COLUMN no_requirement BOOL NOT NULL DEFAULT 0 COMMENT 'DEL-5: its deliveries begin in implementation';
UPDATE category_policy SET requirement_form = 1 WHERE supervised = 'human_only';
