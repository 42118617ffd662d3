-- Money (MON-1 to MON-14): the kinds of entries, accounts, cases and messages; top-ups; banks; drafts of messages about money.
ALTER TABLE account MODIFY kind ENUM('cash','gift','frozen','arrears','clearing','refund_due','held','payable','commission','withdrawal_due','voucher','card','unexplained','promotion','expense') NOT NULL;
ALTER TABLE posting MODIFY kind ENUM('cash','gift','frozen','arrears','clearing','refund_due','held','payable','commission','withdrawal_due','voucher','card','unexplained','promotion','expense') NOT NULL;
ALTER TABLE journal MODIFY kind ENUM('payment_in','order_pay','order_refund','late_in','unexplained_in','unexplained_claim','refund_out','refund_done','topup','voucher_issue','voucher_expire','refund_back','unexplained_out','withdrawal_freeze','withdrawal_thaw','withdrawal_out','withdrawal_done','withdrawal_back','adjust','gift_grant') NOT NULL;
ALTER TABLE finance_case MODIFY kind ENUM('late','second_payment','mismatch','unknown_number','frozen_buyer','unmatched','fraction','currency','reversal','debit','refund_failed','difference') NOT NULL;
ALTER TABLE audit_log MODIFY object_kind ENUM('order','payment','resource','person','session','product','organisation','case','system','coupon','quotation','refund','withdrawal','payout','remittance','statement') NOT NULL;
ALTER TABLE notice MODIFY source ENUM('notification','query','statement') NOT NULL;
ALTER TABLE payment
	ADD COLUMN purpose ENUM('orders','topup') NOT NULL DEFAULT 'orders',
	ADD COLUMN bank ENUM('icbc','abc','boc','ccb','bocom','cmb','citic','ceb','spdb','cib','pab') NULL COMMENT 'of a B2B payment (MON-5)';
ALTER TABLE message
	MODIFY event ENUM('order_to_confirm','order_to_review','order_approved','order_refused','order_lapsed','order_paid','order_sold','order_completed','order_failed','order_refunded','refund_refused','order_repriced','quotation_offered','topup_done','money_booked','refund_arrived','refund_to_balance','withdrawal_done','withdrawal_refused','spend_alert','case_opened') NOT NULL,
	MODIFY number VARCHAR(32) CHARACTER SET ascii NOT NULL COMMENT 'of what it is about';
CREATE TABLE message_draft (
	id       BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	org_id   BIGINT UNSIGNED NOT NULL COMMENT 'whose members are told; 0: the platform''s',
	number   VARCHAR(32) CHARACTER SET ascii NOT NULL,
	subject  VARCHAR(80) NOT NULL,
	amount   BIGINT NOT NULL,
	deadline DATETIME(6) NULL,
	why      VARCHAR(200) NOT NULL
) ENGINE=InnoDB COMMENT='what a message says that is not about an order, until the outbox has spread it (ACC-16)';
