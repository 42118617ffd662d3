-- Files that people send with a step (DEL-12), in pieces, so that the workers of all machines see them and none holds one whole.
CREATE TABLE attachment (
	id          BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	person_id   BIGINT UNSIGNED NOT NULL COMMENT 'who sent it, and for whom',
	org_id      BIGINT UNSIGNED NOT NULL,
	name        VARCHAR(180) NOT NULL,
	type        ENUM('pdf','docx','xlsx','pptx','doc','xls','ppt','png','jpeg','gif','webp','text','zip') NULL COMMENT 'NULL: has not come whole, or was not taken',
	size        BIGINT UNSIGNED NOT NULL DEFAULT 0,
	hash        BINARY(32) NULL,
	owner_kind  ENUM('round','appeal') NULL COMMENT 'NULL: a draft, or not that yet',
	owner_id    BIGINT UNSIGNED NULL,
	thread_id   BIGINT UNSIGNED NULL COMMENT 'the delivery',
	buyer_id    BIGINT UNSIGNED NULL COMMENT 'the two organisations concerned',
	provider_id BIGINT UNSIGNED NULL,
	created_at  DATETIME(6) NOT NULL,
	expires_at  DATETIME(6) NULL COMMENT 'swept then; NULL: kept',
	KEY thread (thread_id),
	KEY due (expires_at),
	KEY draft (person_id, expires_at)
) ENGINE=InnoDB;
CREATE TABLE attachment_piece (
	attachment_id BIGINT UNSIGNED NOT NULL,
	nth           INT UNSIGNED NOT NULL COMMENT 'from 0; all but the last are of 256 KiB',
	bytes         MEDIUMBLOB NOT NULL,
	PRIMARY KEY (attachment_id, nth)
) ENGINE=InnoDB;
