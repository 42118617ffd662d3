-- Merged payment and its parts, vouchers and stored-value cards (ORD-4, ORD-13, ORD-16).
ALTER TABLE account MODIFY kind ENUM('cash','gift','frozen','arrears','clearing','refund_due','held','payable','commission','withdrawal_due','voucher','card','unexplained','promotion') NOT NULL;
ALTER TABLE account DROP CONSTRAINT IF EXISTS never_negative;
ALTER TABLE account ADD CONSTRAINT IF NOT EXISTS never_negative CHECK (kind NOT IN ('cash', 'gift', 'frozen', 'voucher', 'card') OR balance >= 0);
ALTER TABLE posting MODIFY kind ENUM('cash','gift','frozen','arrears','clearing','refund_due','held','payable','commission','withdrawal_due','voucher','card','unexplained','promotion') NOT NULL;
ALTER TABLE journal MODIFY kind ENUM('payment_in','order_pay','order_refund','late_in','unexplained_in','unexplained_claim','refund_out','refund_done','topup','voucher_issue','voucher_expire') NOT NULL;

ALTER TABLE payment_order
	ADD COLUMN cash BIGINT NOT NULL DEFAULT 0 COMMENT 'of the amount, by the channel; the rest: gift and payment_part',
	ADD COLUMN gift BIGINT NOT NULL DEFAULT 0 COMMENT 'spent before cash when paid from the balance (MON-3)',
	ADD COLUMN cash_returned BIGINT NOT NULL DEFAULT 0,
	ADD COLUMN gift_returned BIGINT NOT NULL DEFAULT 0;
UPDATE payment_order SET cash = amount;
UPDATE payment_order x JOIN payment p ON p.id = x.payment_id AND p.state = 'succeeded'
   SET x.cash_returned = COALESCE((SELECT SUM(l.amount) FROM order_line l WHERE l.order_id = x.order_id AND l.state = 'failed'), 0);
ALTER TABLE payment_order
	ADD CONSTRAINT IF NOT EXISTS returned_at_most CHECK (cash_returned BETWEEN 0 AND cash AND gift_returned BETWEEN 0 AND gift);

CREATE TABLE voucher (
	org_id     BIGINT UNSIGNED NOT NULL,
	id         BIGINT UNSIGNED NOT NULL,
	number     VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	kind       ENUM('voucher','card') NOT NULL,
	face       BIGINT NOT NULL,
	available  BIGINT NOT NULL DEFAULT 0 COMMENT 'what a payment may take, while it is valid',
	reserved   BIGINT NOT NULL DEFAULT 0 COMMENT 'of payments under way',
	used       BIGINT NOT NULL DEFAULT 0,
	expired    BIGINT NOT NULL DEFAULT 0,
	minimum    BIGINT NOT NULL DEFAULT 0 COMMENT 'what the order must come to',
	categories VARCHAR(600) CHARACTER SET ascii NOT NULL DEFAULT '' COMMENT 'codes with commas between; both empty: for everything',
	products   VARCHAR(600) CHARACTER SET ascii NOT NULL DEFAULT '' COMMENT 'ids with commas between',
	reusable   BOOL NOT NULL COMMENT 'what one order leaves can pay another; always so for cards',
	valid_from DATETIME(6) NOT NULL,
	valid_to   DATETIME(6) NOT NULL,
	note       VARCHAR(200) NOT NULL DEFAULT '',
	created_at DATETIME(6) NOT NULL,
	left_over  BOOL AS (available > 0) VIRTUAL,
	PRIMARY KEY (org_id, id),
	UNIQUE KEY id (id),
	UNIQUE KEY number (number),
	KEY ends (left_over, valid_to),
	CONSTRAINT sums_up CHECK (available + reserved + used + expired = face),
	CONSTRAINT no_negative_part CHECK (available >= 0 AND reserved >= 0 AND used >= 0 AND expired >= 0)
) ENGINE=InnoDB COMMENT='ORD-16: vouchers and stored-value cards';

CREATE TABLE voucher_entry (
	voucher_id BIGINT UNSIGNED NOT NULL,
	id         BIGINT UNSIGNED NOT NULL,
	kind       ENUM('issue','reserve','release','use','forfeit','return','restore','expire') NOT NULL,
	amount     BIGINT NOT NULL,
	order_id   BIGINT UNSIGNED NULL,
	payment_id BIGINT UNSIGNED NULL,
	PRIMARY KEY (voucher_id, id)
) ENGINE=InnoDB COMMENT='every movement of a voucher; the time is in the id';
CREATE TRIGGER voucher_entry_keeps BEFORE UPDATE ON voucher_entry FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'voucher_entry is never changed';
CREATE TRIGGER voucher_entry_stays BEFORE DELETE ON voucher_entry FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'voucher_entry is never deleted';

CREATE TABLE payment_part (
	payment_id BIGINT UNSIGNED NOT NULL,
	order_id   BIGINT UNSIGNED NOT NULL,
	voucher_id BIGINT UNSIGNED NOT NULL,
	amount     BIGINT NOT NULL COMMENT 'of the order',
	held       BIGINT NOT NULL COMMENT 'reserved for it: all that was left of a voucher that cannot be used again',
	returned   BIGINT NOT NULL DEFAULT 0,
	PRIMARY KEY (payment_id, order_id, voucher_id),
	KEY orders (order_id),
	CONSTRAINT part_returned_at_most CHECK (returned BETWEEN 0 AND amount AND held >= amount)
) ENGINE=InnoDB COMMENT='what a voucher or card pays of an order';
ALTER TABLE org ADD KEY IF NOT EXISTS name (name);
