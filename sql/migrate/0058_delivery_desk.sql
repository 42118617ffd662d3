-- The names of states grow (a delivery awaits confirmation); the desk finds deliveries of everybody by their state.
ALTER TABLE audit_log
	MODIFY from_state VARCHAR(30) CHARACTER SET ascii NULL,
	MODIFY to_state   VARCHAR(30) CHARACTER SET ascii NULL;
ALTER TABLE delivery ADD KEY desk (state, id);
