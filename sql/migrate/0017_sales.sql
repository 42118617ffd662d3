-- What each product sells, by day (CAT-11): kept by the moves of orders, so that an overview costs days, not orders.
CREATE TABLE product_day (
	provider_id      BIGINT UNSIGNED NOT NULL,
	day              DATE NOT NULL COMMENT 'in the platform''s zone',
	product_id       BIGINT UNSIGNED NOT NULL,
	shard            TINYINT UNSIGNED NOT NULL COMMENT 'several rows, so that orders of one product do not wait for each other',
	placed           INT UNSIGNED NOT NULL DEFAULT 0,
	sold             INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'paid, or free',
	amount           BIGINT NOT NULL DEFAULT 0,
	refunded         INT UNSIGNED NOT NULL DEFAULT 0,
	refund_amount    BIGINT NOT NULL DEFAULT 0,
	delivered        INT UNSIGNED NOT NULL DEFAULT 0,
	delivery_seconds BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'from payment to completion, of those delivered',
	PRIMARY KEY (provider_id, day, product_id, shard)
) ENGINE=InnoDB;
INSERT INTO product_day (provider_id, day, product_id, shard, placed, sold, amount, refunded, refund_amount)
SELECT provider_id, DATE(created_at + INTERVAL 8 HOUR), product_id, 0, SUM(kind <> 'unsubscribe'),
       SUM(kind <> 'unsubscribe' AND state IN ('processing', 'completed')), SUM(IF(kind <> 'unsubscribe' AND state IN ('processing', 'completed'), payable, 0)),
       SUM(kind = 'unsubscribe' AND state = 'completed'), SUM(IF(kind = 'unsubscribe' AND state = 'completed', payable, 0))
  FROM orders GROUP BY provider_id, DATE(created_at + INTERVAL 8 HOUR), product_id;
