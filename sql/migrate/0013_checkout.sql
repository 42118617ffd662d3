-- Tags of forty and eighty characters, ten of them; keys that differ in case are different keys (CAT-14).
ALTER TABLE order_sold
	MODIFY tags VARCHAR(1300) NOT NULL DEFAULT '' COMMENT 'key=value, a line each: for its resources (CAT-14)';
ALTER TABLE resource_tag
	MODIFY tag VARCHAR(40) COLLATE utf8mb4_bin NOT NULL;
-- What an image can run on (CAT-6): of all that the platform's cloud sells, the servers.
ALTER TABLE plan
	ADD COLUMN server BOOL NOT NULL DEFAULT 0 COMMENT 'images run on it (CAT-6)',
	ADD KEY server (server, product_id);
