-- The balance after each posting (MON-13), in the order in which its account was booked.
ALTER TABLE account ADD COLUMN last_place BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'of a bounded account: no posting of it has a greater place';
ALTER TABLE posting
	ADD COLUMN after BIGINT NULL COMMENT 'of a bounded account: its balance then; NULL in rows from before this column',
	ADD COLUMN place BIGINT UNSIGNED NOT NULL DEFAULT (journal_id) COMMENT 'order within the account: the journal''s id, moved behind the posting that was booked before it',
	DROP KEY account, ADD KEY account (owner, kind, shard, place, line, amount);
