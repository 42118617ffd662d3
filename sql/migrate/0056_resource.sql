-- While a provider replaces the secret of its product's system, the one before signs besides (PRV-4).
ALTER TABLE product
	ADD COLUMN old_secret VARBINARY(200) NULL COMMENT 'sealed',
	ADD COLUMN old_secret_until DATETIME(6) NULL;
