-- Claims to transfers without a number (MON-11).
ALTER TABLE bank_entry ADD KEY claimable (state, amount, id);
ALTER TABLE remittance ADD KEY claim (claim_id);
ALTER TABLE message
	MODIFY event ENUM('order_to_confirm','order_to_review','order_approved','order_refused','order_lapsed','order_paid','order_sold','order_completed','order_failed','order_refunded','refund_refused','order_repriced','quotation_offered','topup_done','money_booked','refund_arrived','refund_to_balance','withdrawal_done','withdrawal_refused','spend_alert','case_opened','requirement_asked','requirement_submitted','requirement_confirmed','requirement_rejected','progress_reported','acceptance_asked','acceptance_due','acceptance_rejected','delivery_completed','delivery_closed','delivery_overdue','appeal_opened','appeal_asked','appeal_decided','resource_expiring','resource_expired','resource_released','event_failed','probe_failed','quota_low','claim_refused') NOT NULL;
