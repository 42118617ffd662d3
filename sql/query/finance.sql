-- The first page of finance.

-- What waits, and since when; each a short range of an index.
-- name: finance_waiting one
-- out:  cases i64, proposed i64, refunds i64, refund_proposals i64, claims i64, withdrawals i64, payouts i64, days i64, differences i64
SELECT COALESCE((SELECT COUNT(*) FROM finance_case WHERE state = 'open'), 0) AS cases,
       COALESCE((SELECT COUNT(*) FROM finance_case WHERE state = 'proposed'), 0) AS proposed,
       COALESCE((SELECT COUNT(*) FROM refund WHERE state IN ('waiting', 'unknown', 'sent', 'stopped')), 0) AS refunds,
       COALESCE((SELECT COUNT(*) FROM refund_proposal WHERE state = 'proposed'), 0) AS refund_proposals,
       COALESCE((SELECT COUNT(*) FROM remit_claim WHERE state IN ('open', 'proposed')), 0) AS claims,
       COALESCE((SELECT COUNT(*) FROM withdrawal WHERE state = 'requested'), 0) AS withdrawals,
       COALESCE((SELECT COUNT(*) FROM payout WHERE state = 'waiting'), 0) AS payouts,
       COALESCE((SELECT COUNT(*) FROM statement WHERE state = 'loaded'), 0) AS days,
       CAST(COALESCE((SELECT SUM(unsettled) FROM statement WHERE state = 'loaded'), 0) AS SIGNED) AS differences

-- What channels hold for the platform, and what is on its way back.
-- name: finance_channel_list many
-- out:  channel u64, clearing i64, refund_due i64
-- scan: sixteen rows for each channel
SELECT owner AS channel, CAST(-COALESCE(SUM(IF(kind = 'clearing', balance, 0)), 0) AS SIGNED) AS clearing, CAST(COALESCE(SUM(IF(kind = 'refund_due', balance, 0)), 0) AS SIGNED) AS refund_due
  FROM account WHERE owner BETWEEN 1 AND 3 AND kind IN ('clearing', 'refund_due') GROUP BY owner ORDER BY owner LIMIT 10

-- name: finance_unexplained one
-- out:  unexplained i64, expense i64
SELECT CAST(COALESCE((SELECT SUM(balance) FROM account WHERE owner = 0 AND kind = 'unexplained'), 0) AS SIGNED) AS unexplained,
       CAST(COALESCE((SELECT SUM(balance) FROM account WHERE owner = 0 AND kind = 'expense'), 0) AS SIGNED) AS expense
