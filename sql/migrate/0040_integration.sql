-- What providers' systems are told, as the providers see it (PRV-5, DEL-2).
ALTER TABLE outbox
	ADD COLUMN provider_id     BIGINT UNSIGNED NULL COMMENT 'of a provisioning, from its first try on: whose system is told',
	ADD COLUMN acknowledged_at DATETIME(6) NULL COMMENT 'failed, and the provider says that it is dealt with',
	ADD KEY provider (provider_id, id),
	ADD KEY provider_tab (provider_id, state, id);
UPDATE outbox b JOIN resource r ON r.id = b.subject SET b.provider_id = r.provider_id WHERE b.kind = 'provision' AND b.tries > 0;
