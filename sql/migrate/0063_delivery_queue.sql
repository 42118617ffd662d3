-- What is held by an appeal or a refund is last in the provider's queue: its clock stands still (DEL-8, DEL-11).
ALTER TABLE delivery MODIFY provider_due_at DATETIME(6) AS (IF(state IN ('awaiting_confirmation','in_implementation'), IF(hold IS NULL, due_at, TIMESTAMP'9999-12-31 00:00:00'), NULL)) STORED;
