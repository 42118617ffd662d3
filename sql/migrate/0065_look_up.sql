-- What lists are searched and filtered by at the desk and in the portal has an index, so that no search reads a whole table.
ALTER TABLE bank_entry
	ADD INDEX IF NOT EXISTS looked_reference (reference),
	ADD INDEX IF NOT EXISTS looked_end_to_end (end_to_end),
	ADD INDEX IF NOT EXISTS looked_amount (amount, id);
ALTER TABLE resource ADD INDEX IF NOT EXISTS hand_tab (provider_id, delivery, state, id);
