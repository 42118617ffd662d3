-- Lists of orders: each tab, each filter and each search alone is a range of an index in the list's order, whatever is hidden (ORD-7, ORD-17).
ALTER TABLE orders
	ADD COLUMN hidden BOOL NOT NULL DEFAULT 0 COMMENT 'ORD-7: not in the buyer''s list any more',
	ADD COLUMN term ENUM('prepaid','postpaid') AS (IF(billing_mode = 'pay_per_use', 'postpaid', 'prepaid')) VIRTUAL COMMENT 'ORD-17';
UPDATE orders SET hidden = 1 WHERE hidden_at IS NOT NULL;
ALTER TABLE orders DROP COLUMN hidden_at;
ALTER TABLE orders
	ADD KEY shown (buyer_id, hidden, id),
	ADD KEY states (buyer_id, hidden, state, id),
	ADD KEY terms (buyer_id, hidden, term, id),
	ADD KEY kinds (buyer_id, hidden, kind, id),
	ADD KEY categories (buyer_id, hidden, category_code, id),
	ADD KEY plans (buyer_id, hidden, plan_id, id),
	ADD KEY creators (buyer_id, hidden, creator_id, id),
	DROP KEY tab;
-- The provider's and the desk's lists, with what their buyers have hidden.
ALTER TABLE orders
	ADD KEY provider_states (provider_id, state, id),
	ADD KEY product (product_id, id),
	ADD KEY all_states (state, id);
ALTER TABLE org
	ADD KEY named (kind, name);
ALTER TABLE resource
	ADD KEY named (buyer_id, name, order_id);
ALTER TABLE org_counter COMMENT='orders in each state that are not hidden, and resources held, kept by every move';
