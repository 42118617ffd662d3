-- Lines that are parts of others, refunds that know what they refund, and one trial of a product for each organisation.
ALTER TABLE order_line
	ADD COLUMN quantity INT UNSIGNED NOT NULL DEFAULT 1 AFTER state,
	ADD COLUMN bound BOOL NOT NULL DEFAULT 0 COMMENT 'a part that lives and ends with its main resource (CAT-8)' AFTER main_line;
UPDATE order_line l JOIN orders o ON o.id = l.order_id SET l.quantity = o.quantity;
ALTER TABLE order_sold
	ADD COLUMN options VARCHAR(300) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'code=choice,code=choice';
ALTER TABLE orders
	ADD COLUMN refunds_id BIGINT UNSIGNED NULL COMMENT 'unsubscribe: the order whose money goes back',
	ADD KEY refunds (refunds_id);
UPDATE orders o JOIN order_line l ON l.order_id = o.id AND l.line = 1 JOIN resource r ON r.id = l.resource_id SET o.refunds_id = r.order_id WHERE o.kind = 'unsubscribe';
CREATE TABLE trial_taken (
	buyer_id   BIGINT UNSIGNED NOT NULL,
	product_id BIGINT UNSIGNED NOT NULL,
	order_id   BIGINT UNSIGNED NOT NULL,
	taken_at   DATETIME(6) NOT NULL,
	PRIMARY KEY (buyer_id, product_id)
) ENGINE=InnoDB COMMENT='CAT-5: each organisation tries a product once';
