-- Calls of an API that a buyer tries from the page of the resource: the jobs make them, each once (DEL-13).
CREATE TABLE api_try (
	buyer_id    BIGINT UNSIGNED NOT NULL,
	id          BIGINT UNSIGNED NOT NULL,
	resource_id BIGINT UNSIGNED NOT NULL,
	state       ENUM('waiting','calling','answered','away','silent','denied','interrupted') NOT NULL,
	method      ENUM('get','post','put','patch','delete') NOT NULL,
	url         VARCHAR(4000) NOT NULL,
	added       VARCHAR(4000) NOT NULL COMMENT 'headers that the buyer filled in, a line each',
	body        TEXT NOT NULL,
	typed       TEXT NOT NULL COMMENT 'the form''s fields, a line each: shown again',
	asked_at    DATETIME(6) NOT NULL,
	next_at     DATETIME(6) NOT NULL COMMENT 'when the jobs call, give up, or forget it',
	headers     VARCHAR(1000) NOT NULL DEFAULT '' COMMENT 'those that sign it',
	status      SMALLINT UNSIGNED NOT NULL DEFAULT 0,
	type        VARCHAR(100) NOT NULL DEFAULT '' COMMENT 'of the answer',
	answer      TEXT NULL COMMENT 'its beginning; NULL: none, or no text',
	cut         BOOL NOT NULL DEFAULT 0 COMMENT 'it went on',
	took_ms     INT UNSIGNED NOT NULL DEFAULT 0,
	taken       BOOL NOT NULL DEFAULT 0 COMMENT 'the check of the platform let it pass, and took one call from the quota',
	left_n      BIGINT NOT NULL DEFAULT 0 COMMENT 'over all purchases, afterwards',
	PRIMARY KEY (buyer_id, id),
	KEY due (next_at)
) ENGINE=InnoDB;
