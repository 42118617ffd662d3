-- API products (DEL-13 to DEL-15, API-1): keys, quotas, calls.
CREATE TABLE api_key (
	buyer_id   BIGINT UNSIGNED NOT NULL,
	product_id BIGINT UNSIGNED NOT NULL,
	id         BIGINT UNSIGNED NOT NULL COMMENT 'what the seal of its keys is for',
	secret_id  VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'who calls, as callers say it',
	version    INT UNSIGNED NOT NULL COMMENT 'of the key: each replacement makes the next',
	sealed     VARBINARY(200) NOT NULL,
	old_sealed VARBINARY(200) NULL COMMENT 'the key before, which is good until then',
	old_until  DATETIME(6) NULL,
	low        BOOL NOT NULL DEFAULT 0 COMMENT 'the buyer was told that little is left',
	made_at    DATETIME(6) NOT NULL COMMENT 'when this version was made',
	PRIMARY KEY (buyer_id, product_id),
	UNIQUE KEY secret_id (secret_id)
) ENGINE=InnoDB COMMENT='one for all that an organisation bought of an API';

-- In the order in which they are used: what ends first goes first.
CREATE TABLE api_quota (
	buyer_id    BIGINT UNSIGNED NOT NULL,
	product_id  BIGINT UNSIGNED NOT NULL,
	end_at      DATETIME(6) NOT NULL,
	resource_id BIGINT UNSIGNED NOT NULL,
	begin_at    DATETIME(6) NOT NULL,
	total       BIGINT UNSIGNED NOT NULL,
	used        BIGINT UNSIGNED NOT NULL DEFAULT 0,
	open        BOOL NOT NULL DEFAULT 1 COMMENT 'its resource was neither released nor refunded',
	PRIMARY KEY (buyer_id, product_id, end_at, resource_id),
	UNIQUE KEY resource (resource_id, begin_at),
	CONSTRAINT within_total CHECK (used <= total)
) ENGINE=InnoDB COMMENT='calls that one purchase may make in one period';

CREATE TABLE api_call (
	dated_at   DATETIME(6) NOT NULL COMMENT 'x-date; what is older than its window is added up in api_day',
	digest     BINARY(32) NOT NULL COMMENT 'of secret id and signature: the same again is a replay',
	request    CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'of nginx: one that it sends again is the same call',
	buyer_id   BIGINT UNSIGNED NOT NULL,
	product_id BIGINT UNSIGNED NOT NULL,
	day        DATE NOT NULL,
	PRIMARY KEY (dated_at, digest),
	KEY counted (buyer_id, product_id, day)
) ENGINE=InnoDB COMMENT='granted calls of the last minutes';

CREATE TABLE api_day (
	buyer_id   BIGINT UNSIGNED NOT NULL,
	product_id BIGINT UNSIGNED NOT NULL,
	day        DATE NOT NULL,
	calls      BIGINT UNSIGNED NOT NULL,
	PRIMARY KEY (buyer_id, product_id, day)
) ENGINE=InnoDB COMMENT='calls of a day, without those that stand in api_call';

CREATE TABLE api_record (
	product_id BIGINT UNSIGNED NOT NULL,
	record_id  VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the provider''s own: counted once',
	at         DATETIME(6) NOT NULL COMMENT 'older ones than its window are neither taken nor kept',
	buyer_id   BIGINT UNSIGNED NOT NULL,
	calls      INT UNSIGNED NOT NULL,
	PRIMARY KEY (product_id, record_id),
	KEY at (at)
) ENGINE=InnoDB COMMENT='usage as providers report it (DEL-15)';

-- What was bought before has its quota; its key is made when its buyer asks for it.
INSERT INTO api_quota (buyer_id, product_id, end_at, resource_id, begin_at, total)
SELECT r.buyer_id, r.product_id, COALESCE(r.end_at, '9999-12-31'), r.id, r.begin_at, l.package_units * r.quantity
  FROM resource r JOIN product p ON p.id = r.product_id JOIN plan l ON l.id = r.plan_id
 WHERE r.state IN ('in_use', 'expired') AND r.begin_at IS NOT NULL AND r.main_id IS NULL AND p.category_code = 'api' AND l.package_units > 0;
