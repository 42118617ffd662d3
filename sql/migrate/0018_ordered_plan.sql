-- The names under which a buyer has ordered plans: a search by name reads these few instead of all orders (ORD-17).
CREATE TABLE ordered_plan (
	buyer_id     BIGINT UNSIGNED NOT NULL,
	plan_id      BIGINT UNSIGNED NOT NULL,
	product_name VARCHAR(80) NOT NULL,
	plan_name    VARCHAR(60) NOT NULL,
	PRIMARY KEY (buyer_id, plan_id, product_name, plan_name)
) ENGINE=InnoDB;
INSERT IGNORE INTO ordered_plan (buyer_id, plan_id, product_name, plan_name) SELECT DISTINCT buyer_id, plan_id, product_name, plan_name FROM orders;
