-- What ordering of every kind stands on: policies, plans, combined orders, parts and hosts, names and tags.
ALTER TABLE org
	ADD COLUMN account_manager_id BIGINT UNSIGNED NULL COMMENT 'person of the platform who orders for it (ORD-9)',
	ADD COLUMN freeze_reason VARCHAR(200) NOT NULL DEFAULT '' COMMENT 'shown with the freeze (ACC-15)',
	ADD KEY manager (account_manager_id, id);

-- The rest of CAT-2.
ALTER TABLE category_policy
	ADD COLUMN delivery ENUM('with_server','automatic','automatic_or_manual','manual') NOT NULL DEFAULT 'automatic' AFTER version,
	ADD COLUMN renewal_refundable BOOL NOT NULL DEFAULT 1,
	ADD COLUMN requirement_form BOOL NOT NULL DEFAULT 0;
UPDATE category_policy SET delivery = 'with_server' WHERE category_code IN ('image-free', 'image-paid');
UPDATE category_policy SET delivery = 'automatic_or_manual' WHERE category_code IN ('software', 'saas', 'template-site', 'template-miniapp');
UPDATE category_policy SET delivery = 'manual', requirement_form = 1
 WHERE category_code IN ('custom-site', 'custom-miniapp', 'custom-software', 'ops-service', 'training', 'enterprise-service', 'hardware', 'cloud-app', 'content');
UPDATE category_policy SET renewal_refundable = 0 WHERE category_code = 'template-site';

ALTER TABLE product
	ADD COLUMN version INT UNSIGNED NOT NULL DEFAULT 1 COMMENT 'what sells now (CAT-9)',
	ADD COLUMN rating_sum INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'stars of all reviews (REV-1)',
	ADD COLUMN rating_n INT UNSIGNED NOT NULL DEFAULT 0;
ALTER TABLE product_text
	ADD COLUMN api_doc MEDIUMTEXT NULL COMMENT 'JSON: how an API is called (CAT-15)';

ALTER TABLE plan
	ADD COLUMN review BOOL NOT NULL DEFAULT 0 COMMENT 'orders wait for an approver (ORD-8)',
	ADD COLUMN separate BOOL NOT NULL DEFAULT 0 COMMENT 'each unit becomes a resource of its own: servers, addresses',
	ADD COLUMN usage_name VARCHAR(40) NOT NULL DEFAULT '' COMMENT 'what is measured, or what a package covers (CAT-7)',
	ADD COLUMN package_units BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'usage in one package',
	ADD COLUMN begin_later BOOL NOT NULL DEFAULT 0 COMMENT 'the buyer may choose a later first day (CAT-7)';

CREATE TABLE plan_tier (
	plan_id BIGINT UNSIGNED NOT NULL,
	above   BIGINT UNSIGNED NOT NULL COMMENT 'usage of a month from which this price counts; the first is 0',
	price   BIGINT NOT NULL COMMENT 'fen',
	per     BIGINT UNSIGNED NOT NULL COMMENT 'for so many units of usage',
	PRIMARY KEY (plan_id, above)
) ENGINE=InnoDB COMMENT='pay-per-use (CAT-3)';

CREATE TABLE plan_part (
	plan_id     BIGINT UNSIGNED NOT NULL,
	position    SMALLINT UNSIGNED NOT NULL,
	name        VARCHAR(60) NOT NULL COMMENT 'system disk, bandwidth',
	option_code VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'whose choice is its size, and whose effect is its share of the price',
	bound       BOOL NOT NULL DEFAULT 1 COMMENT 'lives and ends with the main resource (CAT-8)',
	PRIMARY KEY (plan_id, position)
) ENGINE=InnoDB;

CREATE TABLE order_combined (
	buyer_id   BIGINT UNSIGNED NOT NULL,
	id         BIGINT UNSIGNED NOT NULL,
	number     VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	orders     SMALLINT UNSIGNED NOT NULL,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (buyer_id, id),
	UNIQUE KEY number (number)
) ENGINE=InnoDB COMMENT='ORD-5: paid or cancelled together';

ALTER TABLE orders
	ADD COLUMN coupon_id BIGINT UNSIGNED NULL COMMENT 'the claimed coupon in its price (ORD-12)',
	ADD COLUMN base_id BIGINT UNSIGNED NULL COMMENT 'the resource that is renewed, changed, converted',
	ADD COLUMN begin_on DATE NULL COMMENT 'chosen first day of a package (CAT-7)',
	ADD COLUMN review BOOL NOT NULL DEFAULT 0 COMMENT 'must be reviewed before it is paid (ORD-8)',
	ADD COLUMN repriced_at DATETIME(6) NULL COMMENT 'the provider gave it another price (ORD-20)',
	ADD KEY combined (combined_id),
	ADD KEY base (base_id);
ALTER TABLE order_sold
	ADD COLUMN tags VARCHAR(600) NOT NULL DEFAULT '' COMMENT 'key=value, a line each: for its resources (CAT-14)';
ALTER TABLE order_line
	ADD COLUMN main_line SMALLINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'of a bound part: the line that it belongs to',
	ADD COLUMN name VARCHAR(80) NOT NULL DEFAULT '' COMMENT 'of the resource (CAT-14), of a part',
	ADD COLUMN host_id BIGINT UNSIGNED NULL COMMENT 'the server that an image runs on (CAT-6)';

ALTER TABLE resource
	ADD COLUMN main_id BIGINT UNSIGNED NULL COMMENT 'of a bound part: what it is bought, renewed and released with (CAT-8)',
	ADD COLUMN host_id BIGINT UNSIGNED NULL COMMENT 'the server that an image runs on (CAT-6)',
	ADD COLUMN trial BOOL NOT NULL DEFAULT 0 COMMENT 'CAT-5',
	ADD COLUMN options VARCHAR(300) NOT NULL DEFAULT '' COMMENT 'code=choice, as ordered',
	ADD KEY parts (main_id),
	ADD KEY host (host_id);
CREATE TABLE resource_tag (
	buyer_id    BIGINT UNSIGNED NOT NULL,
	tag         VARCHAR(40) NOT NULL,
	value       VARCHAR(80) NOT NULL,
	resource_id BIGINT UNSIGNED NOT NULL,
	PRIMARY KEY (resource_id, tag),
	KEY find (buyer_id, tag, value, resource_id)
) ENGINE=InnoDB COMMENT='CAT-14';
