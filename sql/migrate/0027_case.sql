-- The finance desk (MON-7): where the money of a case stands, and what two people decide about it.
ALTER TABLE finance_case
	MODIFY state ENUM('open','proposed','settled') NOT NULL,
	ADD COLUMN stands ENUM('cash','gift','frozen','arrears','clearing','refund_due','held','payable','commission','withdrawal_due','voucher','card','unexplained','promotion','expense') NULL COMMENT 'cash of org_id, or unexplained; NULL: it was never booked',
	ADD COLUMN proposals SMALLINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'number of the last one',
	ADD COLUMN settlement ENUM('keep','pay_orders','credit','send_back','write_off','charge','nothing') NULL,
	ADD COLUMN settled_at DATETIME(6) NULL,
	ADD KEY number (payment_number),
	ADD KEY transaction (transaction_id);
UPDATE finance_case SET stands = IF(kind IN ('late', 'second_payment', 'frozen_buyer'), 'cash', 'unexplained') WHERE kind IN ('late', 'second_payment', 'frozen_buyer', 'unknown_number') OR (kind = 'mismatch' AND org_id IS NOT NULL);
CREATE TABLE case_proposal (
	case_id       BIGINT UNSIGNED NOT NULL,
	nth           SMALLINT UNSIGNED NOT NULL,
	state         ENUM('waiting','approved','rejected','withdrawn') NOT NULL,
	settlement    ENUM('keep','pay_orders','credit','send_back','write_off','charge','nothing') NOT NULL,
	org_id        BIGINT UNSIGNED NULL COMMENT 'who gets it, or gives it back',
	note          VARCHAR(200) NOT NULL,
	proposed_by   BIGINT UNSIGNED NOT NULL,
	proposed_name VARCHAR(60) NOT NULL,
	proposed_at   DATETIME(6) NOT NULL,
	decided_by    BIGINT UNSIGNED NULL,
	decided_name  VARCHAR(60) NOT NULL DEFAULT '',
	decided_at    DATETIME(6) NULL,
	decided_why   VARCHAR(200) NOT NULL DEFAULT '',
	PRIMARY KEY (case_id, nth),
	CONSTRAINT case_four_eyes CHECK (state <> 'approved' OR decided_by <> proposed_by)
) ENGINE=InnoDB COMMENT='what is to become of the money of a case: one proposes, another decides';
