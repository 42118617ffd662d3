-- Private offers (ORD-20): one unpaid order gets another price.
ALTER TABLE message MODIFY COLUMN event ENUM('order_to_confirm','order_to_review','order_approved','order_refused','order_lapsed','order_paid','order_sold','order_completed','order_failed','order_refunded','refund_refused','order_repriced') NOT NULL;
