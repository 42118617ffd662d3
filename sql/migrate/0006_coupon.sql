-- Coupons that providers offer, and what buyers claimed of them (ORD-14, ORD-15).
CREATE TABLE coupon (
	provider_id  BIGINT UNSIGNED NOT NULL,
	id           BIGINT UNSIGNED NOT NULL,
	state        ENUM('draft','published','stopped') NOT NULL,
	name         VARCHAR(40) NOT NULL,
	kind         ENUM('percent','amount') NOT NULL,
	percent      TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'off, of each hundred',
	amount       BIGINT NOT NULL DEFAULT 0 COMMENT 'off',
	minimum      BIGINT NOT NULL DEFAULT 0 COMMENT 'spend from which it counts',
	scope        ENUM('provider','products') NOT NULL,
	used_for     ENUM('purchase','renewal','both') NOT NULL,
	claim_from   DATETIME(6) NOT NULL,
	claim_to     DATETIME(6) NOT NULL COMMENT 'the last second; so are the others',
	valid_from   DATETIME(6) NULL,
	valid_to     DATETIME(6) NULL,
	valid_days   SMALLINT UNSIGNED NULL COMMENT 'instead: until the end of the day so many days after the claim',
	total        INT UNSIGNED NOT NULL,
	per_buyer    SMALLINT UNSIGNED NOT NULL,
	claimed      INT UNSIGNED NOT NULL DEFAULT 0,
	created_at   DATETIME(6) NOT NULL,
	published_at DATETIME(6) NULL,
	PRIMARY KEY (provider_id, id),
	UNIQUE KEY id (id),
	KEY open (provider_id, state, claim_to),
	CONSTRAINT within_total CHECK (claimed <= total)
) ENGINE=InnoDB COMMENT='never changed once it is published, but for claimed and state';

CREATE TABLE coupon_product (
	coupon_id  BIGINT UNSIGNED NOT NULL,
	product_id BIGINT UNSIGNED NOT NULL,
	PRIMARY KEY (coupon_id, product_id)
) ENGINE=InnoDB COMMENT='of a coupon whose scope is products';

CREATE TABLE coupon_claim (
	buyer_id    BIGINT UNSIGNED NOT NULL,
	id          BIGINT UNSIGNED NOT NULL,
	number      VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	coupon_id   BIGINT UNSIGNED NOT NULL,
	provider_id BIGINT UNSIGNED NOT NULL,
	nth         SMALLINT UNSIGNED NOT NULL COMMENT 'of this buyer: 1 … per_buyer',
	state       ENUM('usable','locked','used','expired') NOT NULL COMMENT 'expired is never stored: it is usable and past valid_to',
	order_id    BIGINT UNSIGNED NULL COMMENT 'the unpaid order that holds it, or the order it was used for',
	saved       BIGINT NOT NULL DEFAULT 0 COMMENT 'what it takes off that order',
	valid_from  DATETIME(6) NOT NULL,
	valid_to    DATETIME(6) NOT NULL,
	claimed_at  DATETIME(6) NOT NULL,
	PRIMARY KEY (buyer_id, id),
	UNIQUE KEY number (number),
	UNIQUE KEY nth (coupon_id, buyer_id, nth),
	KEY tab (buyer_id, state, valid_to, id),
	KEY for_provider (buyer_id, provider_id, state, valid_to),
	KEY tally (coupon_id, state, saved)
) ENGINE=InnoDB;

ALTER TABLE audit_log
	MODIFY object_kind ENUM('order','payment','resource','person','session','product','organisation','case','system','coupon') NOT NULL;
