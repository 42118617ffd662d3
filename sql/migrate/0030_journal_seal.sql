-- The chain over the books, day by day, and the point up to which they were audited (MON-1, MON-2).
CREATE TABLE journal_seal (
	seq       BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	day       DATE NOT NULL COMMENT 'business day of its entries; a piece never spans two',
	last_id   BIGINT UNSIGNED NOT NULL COMMENT 'covers the entries behind those of the seal before, up to this one',
	journals  INT UNSIGNED NOT NULL,
	postings  INT UNSIGNED NOT NULL,
	sealed_at DATETIME(6) NOT NULL,
	hash      BINARY(32) NOT NULL COMMENT 'SHA-256 of the seal before and of the entries'
) ENGINE=InnoDB COMMENT='chain over journal and posting, made by one background job';
CREATE TABLE audit_point (
	id          TINYINT UNSIGNED NOT NULL PRIMARY KEY COMMENT '1',
	journal_id  BIGINT UNSIGNED NOT NULL COMMENT 'the books are audited up to this entry, the last of its seal',
	journal_seq BIGINT UNSIGNED NOT NULL,
	journal_hash BINARY(32) NOT NULL,
	log_seq     BIGINT UNSIGNED NOT NULL COMMENT 'and the audit log up to this seal',
	log_hash    BINARY(32) NOT NULL,
	log_id      BIGINT UNSIGNED NOT NULL COMMENT 'what no entry of the log from here on names was looked at in the state it has',
	audited_at  DATETIME(6) NOT NULL,
	full_at     DATETIME(6) NOT NULL COMMENT 'when everything was looked at from the beginning'
) ENGINE=InnoDB COMMENT='where the next audit begins; moved only by one that found nothing';
CREATE TABLE account_point (
	owner   BIGINT UNSIGNED NOT NULL,
	kind    ENUM('cash','gift','frozen','arrears','clearing','refund_due','held','payable','commission','withdrawal_due','voucher','card','unexplained','promotion','expense') NOT NULL,
	shard   TINYINT UNSIGNED NOT NULL,
	balance BIGINT NOT NULL,
	PRIMARY KEY (owner, kind, shard)
) ENGINE=InnoDB COMMENT='what each account held at the audit point';
CREATE TRIGGER journal_seal_keeps BEFORE UPDATE ON journal_seal FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'journal_seal is never changed';
CREATE TRIGGER journal_seal_stays BEFORE DELETE ON journal_seal FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'journal_seal is never deleted';
