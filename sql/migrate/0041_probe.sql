-- Does a provider's system answer as its product says?  Asked before it is submitted, and every day while it is listed (PRV-5).
CREATE TABLE product_probe (
	product_id  BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	dialect     ENUM('tencent','koogallery','yunshi') NOT NULL COMMENT 'what was asked …',
	webhook_url VARCHAR(300) NOT NULL,
	state       ENUM('waiting','passed','failed') NOT NULL,
	answer      VARCHAR(200) NOT NULL DEFAULT '' COMMENT '… and what came of it, in a few words',
	asked_at    DATETIME(6) NOT NULL,
	checked_at  DATETIME(6) NULL,
	next_at     DATETIME(6) NULL COMMENT 'asked then; NULL: not by itself',
	KEY due (next_at)
) ENGINE=InnoDB;
INSERT INTO product_probe (product_id, dialect, webhook_url, state, asked_at, next_at)
SELECT id, dialect, webhook_url, 'passed', created_at, created_at FROM product WHERE dialect IS NOT NULL AND webhook_secret IS NOT NULL AND state = 'listed';
