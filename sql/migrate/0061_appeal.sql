-- Appeals about deliveries, and providers' requests to close them (DEL-8).
CREATE TABLE appeal (
	id              BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	number          VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	state           ENUM('open','asked','answered','decided','withdrawn') NOT NULL,
	delivery_id     BIGINT UNSIGNED NOT NULL,
	delivery_number VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	open_delivery   BIGINT UNSIGNED AS (IF(state IN ('open','asked','answered'), delivery_id, NULL)) STORED COMMENT 'one at a time',
	buyer_id        BIGINT UNSIGNED NOT NULL,
	provider_id     BIGINT UNSIGNED NOT NULL,
	order_id        BIGINT UNSIGNED NOT NULL,
	order_number    VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	resource_id     BIGINT UNSIGNED NOT NULL,
	product_name    VARCHAR(80) NOT NULL,
	side            ENUM('buyer','provider','platform') NOT NULL COMMENT 'who appeals',
	ground          ENUM('provider_late','requirement_rejected','acceptance_rejected','no_requirement','no_material') NOT NULL,
	asks_buyer      BOOL NOT NULL DEFAULT 0 COMMENT 'was asked, and has not answered',
	asks_provider   BOOL NOT NULL DEFAULT 0,
	decision        ENUM('continue','complete','close_full','close_partial') NULL,
	amount          BIGINT NOT NULL DEFAULT 0 COMMENT 'fen that go back',
	decided_name    VARCHAR(60) NOT NULL DEFAULT '',
	ended_at        DATETIME(6) NULL,
	UNIQUE KEY number (number),
	UNIQUE KEY open_delivery (open_delivery),
	KEY delivery (delivery_id, id),
	KEY delivery_number (delivery_number),
	KEY order_number (order_number),
	KEY tab (state, id)
) ENGINE=InnoDB;
CREATE TABLE appeal_note (
	appeal_id   BIGINT UNSIGNED NOT NULL,
	id          BIGINT UNSIGNED NOT NULL,
	delivery_id BIGINT UNSIGNED NOT NULL,
	event       ENUM('open','ask','answer','decide','withdraw') NOT NULL,
	side        ENUM('buyer','provider','platform') NOT NULL COMMENT 'who says it; of a question: who is asked',
	person_name VARCHAR(60) NOT NULL,
	text        VARCHAR(1000) NOT NULL,
	PRIMARY KEY (delivery_id, id)
) ENGINE=InnoDB COMMENT='what was said in an appeal, written once';
ALTER TABLE message
	MODIFY event ENUM('order_to_confirm','order_to_review','order_approved','order_refused','order_lapsed','order_paid','order_sold','order_completed','order_failed','order_refunded','refund_refused','order_repriced','quotation_offered','topup_done','money_booked','refund_arrived','refund_to_balance','withdrawal_done','withdrawal_refused','spend_alert','case_opened','requirement_asked','requirement_submitted','requirement_confirmed','requirement_rejected','progress_reported','acceptance_asked','acceptance_due','acceptance_rejected','delivery_completed','delivery_closed','delivery_overdue','appeal_opened','appeal_asked','appeal_decided','resource_expiring','resource_expired','resource_released','event_failed','probe_failed','quota_low','claim_refused','provider_appeal_asked','provider_appeal_decided') NOT NULL;
