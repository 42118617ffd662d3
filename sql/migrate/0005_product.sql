-- Publishing (CAT-9): a product is edited as a document, in versions, beside what sells.
ALTER TABLE product
	ADD COLUMN edit_version INT UNSIGNED NULL COMMENT 'the version being written, reviewed, or refused; NULL: none';
CREATE TABLE product_version (
	product_id   BIGINT UNSIGNED NOT NULL,
	version      INT UNSIGNED NOT NULL,
	state        ENUM('draft','submitted','refused','published','withdrawn') NOT NULL,
	saves        INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'grows with each save: a save from an older page is told',
	body         LONGTEXT NOT NULL COMMENT 'JSON: src/app/product_doc.def',
	created_at   DATETIME(6) NOT NULL,
	created_by   BIGINT UNSIGNED NOT NULL,
	saved_at     DATETIME(6) NOT NULL,
	saved_by     BIGINT UNSIGNED NOT NULL,
	submitted_at DATETIME(6) NULL,
	submitted_by BIGINT UNSIGNED NULL,
	decided_at   DATETIME(6) NULL,
	decided_by   BIGINT UNSIGNED NULL,
	reason       VARCHAR(500) NOT NULL DEFAULT '' COMMENT 'why it was refused, shown to the provider',
	PRIMARY KEY (product_id, version),
	KEY queue (state, submitted_at, product_id)
) ENGINE=InnoDB COMMENT='nobody deletes from it: the history of a product';

CREATE TABLE product_picture (
	id         BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	product_id BIGINT UNSIGNED NOT NULL,
	hash       BINARY(32) NOT NULL COMMENT 'SHA-256: the same picture is kept once',
	type       ENUM('png','jpeg','webp') NOT NULL,
	width      SMALLINT UNSIGNED NOT NULL,
	height     SMALLINT UNSIGNED NOT NULL,
	bytes      MEDIUMBLOB NOT NULL,
	position   SMALLINT UNSIGNED NULL COMMENT 'on the product''s page; NULL: visitors may not see it',
	created_at DATETIME(6) NOT NULL,
	UNIQUE KEY once (product_id, hash)
) ENGINE=InnoDB;

-- A picture may now come from the store: the column holds its whole address.
ALTER TABLE product MODIFY picture VARCHAR(120) NOT NULL DEFAULT '' COMMENT 'address of the first picture';
UPDATE product SET picture = CONCAT('/static/product/', picture) WHERE picture <> '' AND picture NOT LIKE '/%';
