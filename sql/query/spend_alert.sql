-- Spend alerts (ACC-17).

-- name: spend_alert_put exec
-- in:   org u64, balance bool, month bool, on_balance money, on_month money, now instant
INSERT INTO spend_alert (org_id, on_balance, on_month, changed_at) VALUES (:org, IF(:balance, :on_balance, NULL), IF(:month, :on_month, NULL), :now)
    ON DUPLICATE KEY UPDATE on_balance = IF(:balance, :on_balance, NULL), on_month = IF(:month, :on_month, NULL), balance_told = 0, month_told = NULL, changed_at = :now

-- name: spend_alert_show many
-- in:   org u64
-- out:  balance i64, month i64, on_balance money, on_month money
SELECT CAST(on_balance IS NOT NULL AS SIGNED) AS balance, CAST(on_month IS NOT NULL AS SIGNED) AS month, COALESCE(on_balance, 0) AS on_balance, COALESCE(on_month, 0) AS on_month
  FROM spend_alert WHERE org_id = :org

-- The next organisations that have an alert, with what they have and what they spent this month.
-- name: spend_alert_look many
-- in:   after u64, this_month date, limit i32
-- out:  org_id u64, balance i64, month i64, on_balance money, on_month money, balance_told bool, month_told date?, available i64, spent i64
SELECT s.org_id, CAST(s.on_balance IS NOT NULL AS SIGNED) AS balance, CAST(s.on_month IS NOT NULL AS SIGNED) AS month, COALESCE(s.on_balance, 0) AS on_balance, COALESCE(s.on_month, 0) AS on_month,
       s.balance_told, s.month_told,
       CAST(COALESCE((SELECT SUM(a.balance) FROM account a WHERE a.owner = s.org_id AND a.shard = 0 AND a.kind IN ('cash', 'gift', 'arrears')), 0) AS SIGNED) AS available,
       CAST(COALESCE((SELECT b.cash + b.gift + b.voucher + b.card FROM bill_sum b WHERE b.org_id = s.org_id AND b.month = :this_month AND b.buyer_id = 0 AND b.product_id = 0), 0) AS SIGNED) AS spent
  FROM spend_alert s WHERE s.org_id > :after
 ORDER BY s.org_id LIMIT :limit

-- name: spend_alert_balance exec
-- in:   org u64, threshold money, told bool, was bool
UPDATE spend_alert SET balance_told = :told WHERE org_id = :org AND on_balance = :threshold AND balance_told = :was

-- name: spend_alert_month exec
-- in:   org u64, threshold money, told date
UPDATE spend_alert SET month_told = :told WHERE org_id = :org AND on_month = :threshold AND NOT (month_told <=> :told)
