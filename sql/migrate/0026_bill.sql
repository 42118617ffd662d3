-- What an organisation sees of its money (MON-13, MON-14, ACC-17), zones (ACC-4), gift money.
ALTER TABLE org ADD KEY zones (paying_org_id, id);
ALTER TABLE journal
	ADD COLUMN number VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'of the refund, withdrawal, remittance or grant that it is about, when it is neither an order nor a payment',
	ADD KEY kinds (org_id, kind, id),
	DROP KEY org,
	ADD KEY number (number);
ALTER TABLE category_policy ADD COLUMN tax_pm SMALLINT UNSIGNED NOT NULL DEFAULT 60 COMMENT 'the rate of the tax that prices contain, per mille';
ALTER TABLE orders
	ADD COLUMN zone_payer BIGINT UNSIGNED AS (IF(buyer_id <> payer_org_id, payer_org_id, NULL)) VIRTUAL COMMENT 'the paying account of a zone''s order (ACC-4)',
	ADD KEY zone_states (zone_payer, state, id),
	ADD KEY zone_buyers (zone_payer, buyer_id, state, id);

CREATE TABLE bill_sum (
	org_id     BIGINT UNSIGNED NOT NULL COMMENT 'the paying account',
	month      DATE NOT NULL COMMENT 'its first day, in the platform''s zone',
	buyer_id   BIGINT UNSIGNED NOT NULL COMMENT 'whose orders: itself or a zone; 0: all',
	product_id BIGINT UNSIGNED NOT NULL COMMENT '0: all',
	cash       BIGINT NOT NULL,
	gift       BIGINT NOT NULL,
	voucher    BIGINT NOT NULL,
	card       BIGINT NOT NULL,
	PRIMARY KEY (org_id, month, buyer_id, product_id)
) ENGINE=InnoDB COMMENT='a month''s bill (MON-14): what orders took less what refunds gave back, kept by the transactions that book it';
INSERT INTO bill_sum (org_id, month, buyer_id, product_id, cash, gift, voucher, card)
SELECT s.org_id, s.month, s.buyer_id, s.product_id, s.cash, s.gift, s.voucher, s.card
  FROM (SELECT x.org_id, x.month, IF(k.n = 2, x.buyer_id, 0) AS buyer_id, IF(k.n = 1, x.product_id, 0) AS product_id, SUM(x.cash) AS cash, SUM(x.gift) AS gift, SUM(x.voucher) AS voucher, SUM(x.card) AS card
	  FROM (SELECT j.org_id, CAST(DATE_FORMAT(j.booked_at + INTERVAL 8 HOUR, '%Y-%m-01') AS DATE) AS month, o.buyer_id, o.product_id,
		       IF(p.kind = 'cash', -p.amount, 0) AS cash, IF(p.kind = 'gift', -p.amount, 0) AS gift, IF(p.kind = 'voucher', -p.amount, 0) AS voucher, IF(p.kind = 'card', -p.amount, 0) AS card
		  FROM journal j JOIN posting p ON p.journal_id = j.id AND p.owner = j.org_id AND p.kind IN ('cash', 'gift', 'voucher', 'card') JOIN orders o ON o.id = j.order_id
		 WHERE j.kind IN ('order_pay', 'order_refund')) x
	  JOIN (SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2) k
	 GROUP BY 1, 2, 3, 4) s
    ON DUPLICATE KEY UPDATE cash = VALUES(cash), gift = VALUES(gift), voucher = VALUES(voucher), card = VALUES(card);

CREATE TABLE bill_choice (
	person_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	columns   INT UNSIGNED NOT NULL COMMENT 'set of bill_column (src/domain/enums.def)'
) ENGINE=InnoDB COMMENT='the columns of bills that a person wants to see (MON-14)';

CREATE TABLE spend_alert (
	org_id       BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	on_balance   BIGINT NULL COMMENT 'tell when the available balance is below; NULL: never',
	on_month     BIGINT NULL COMMENT 'tell when the month''s bill is above; NULL: never',
	balance_told BOOL NOT NULL DEFAULT 0 COMMENT 'it is below, and that was said',
	month_told   DATE NULL COMMENT 'of which month it was said',
	changed_at   DATETIME(6) NOT NULL
) ENGINE=InnoDB COMMENT='ACC-17';

CREATE TABLE gift_grant (
	id            BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	number        VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	org_id        BIGINT UNSIGNED NOT NULL,
	state         ENUM('proposed','granted','refused') NOT NULL,
	amount        BIGINT NOT NULL,
	reason        VARCHAR(200) NOT NULL,
	proposer_id   BIGINT UNSIGNED NOT NULL,
	proposer_name VARCHAR(60) NOT NULL,
	decider_name  VARCHAR(60) NULL,
	decided_at    DATETIME(6) NULL,
	why           VARCHAR(200) NOT NULL DEFAULT '' COMMENT 'of a refusal',
	UNIQUE KEY number (number),
	KEY desk (state, id)
) ENGINE=InnoDB COMMENT='gift money (MON-3): proposed by one, decided by another';
