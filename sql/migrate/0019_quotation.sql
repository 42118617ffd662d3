-- Quotations: a provider's price for one buyer, until a day (ORD-20).
CREATE TABLE quotation (
	id            BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	number        VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	state         ENUM('open','accepted','withdrawn') NOT NULL,
	provider_id   BIGINT UNSIGNED NOT NULL,
	buyer_id      BIGINT UNSIGNED NOT NULL,
	plan_id       BIGINT UNSIGNED NOT NULL,
	product_name  VARCHAR(80) NOT NULL,
	plan_name     VARCHAR(60) NOT NULL,
	unit          VARCHAR(20) NOT NULL,
	quantity      INT UNSIGNED NOT NULL,
	duration      SMALLINT UNSIGNED NOT NULL,
	duration_unit ENUM('minute','hour','day','month','year') NULL,
	options       VARCHAR(300) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'code=choice,code=choice',
	options_text  VARCHAR(600) NOT NULL COMMENT 'the same by their names',
	list_total    BIGINT NOT NULL,
	price         BIGINT NOT NULL COMMENT 'what is to be paid when it is accepted',
	note          VARCHAR(200) NOT NULL,
	creator_name  VARCHAR(60) NOT NULL,
	order_number  VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'what it became',
	created_at    DATETIME(6) NOT NULL,
	expires_at    DATETIME(6) NOT NULL,
	UNIQUE KEY number (number),
	KEY provider (provider_id, id),
	KEY buyer (buyer_id, id)
) ENGINE=InnoDB;
ALTER TABLE audit_log
	MODIFY object_kind ENUM('order','payment','resource','person','session','product','organisation','case','system','coupon','quotation') NOT NULL;
