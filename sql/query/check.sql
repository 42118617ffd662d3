-- What must always hold (MON-2): each statement gives the breaches, a few of them.  Read by `yunshi audit` in one snapshot.
-- `since`: only what is newer is looked at, 0 or NULL: everything.  Of the books it is the last journal entry before; of what moves by its own
-- history (orders, payments) the first entry of the audit log that may be newer, which names what moved.

-- name: check_sum many
-- scan: audit
-- out:  what str, amount i64
SELECT 'all balances' AS what, CAST(COALESCE(SUM(balance), 0) AS SIGNED) AS amount FROM account HAVING SUM(balance) <> 0

-- name: check_journal many
-- scan: audit
-- in:   since u64
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('journal ', journal_id), '') AS what, CAST(COALESCE(SUM(amount), 0) AS SIGNED) AS amount
  FROM posting WHERE journal_id > :since GROUP BY journal_id HAVING SUM(amount) <> 0 LIMIT 20

-- name: check_orphan many
-- scan: audit
-- in:   since u64
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('posting without journal ', p.journal_id), '') AS what, p.amount AS amount
  FROM posting p FORCE INDEX (PRIMARY) LEFT JOIN journal j ON j.id = p.journal_id WHERE p.journal_id > :since AND j.id IS NULL LIMIT 20

-- What an account holds is what it held at the audit point, and all postings since.
-- name: check_balance many
-- scan: audit
-- in:   since u64
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('balance of ', a.owner, ' ', a.kind, ' ', a.shard), '') AS what, a.balance - COALESCE(k.balance, 0) - COALESCE(s.total, 0) AS amount
  FROM account a
  LEFT JOIN account_point k ON :since > 0 AND k.owner = a.owner AND k.kind = a.kind AND k.shard = a.shard
  LEFT JOIN (SELECT owner, kind, shard, CAST(SUM(amount) AS SIGNED) AS total FROM posting WHERE journal_id > :since GROUP BY owner, kind, shard) s
    ON s.owner = a.owner AND s.kind = a.kind AND s.shard = a.shard
 WHERE a.balance <> COALESCE(k.balance, 0) + COALESCE(s.total, 0) LIMIT 20

-- The audit point holds what the postings up to it say.
-- name: check_point many
-- scan: audit
-- in:   upto u64
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('audit point of ', k.owner, ' ', k.kind, ' ', k.shard), '') AS what, k.balance - COALESCE(s.total, 0) AS amount
  FROM account_point k
  LEFT JOIN (SELECT owner, kind, shard, CAST(SUM(amount) AS SIGNED) AS total FROM posting WHERE journal_id <= :upto GROUP BY owner, kind, shard) s
    ON s.owner = k.owner AND s.kind = k.kind AND s.shard = k.shard
 WHERE k.balance <> COALESCE(s.total, 0) LIMIT 20

-- name: check_account many
-- scan: audit
-- in:   since u64
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('postings without account ', p.owner, ' ', p.kind, ' ', p.shard), '') AS what, CAST(COALESCE(SUM(p.amount), 0) AS SIGNED) AS amount
  FROM posting p LEFT JOIN account a ON a.owner = p.owner AND a.kind = p.kind AND a.shard = p.shard
 WHERE p.journal_id > :since AND a.owner IS NULL GROUP BY p.owner, p.kind, p.shard HAVING SUM(p.amount) <> 0 LIMIT 20

-- The balance after each posting follows from the one before.  A place lies less than an hour behind the time of its journal entry.
-- name: check_after many
-- scan: audit
-- in:   since u64
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('journal ', journal_id, ' line ', line, ': ', kind, ' of ', owner, ' after it'), '') AS what, COALESCE(after - running, 0) AS amount
  FROM (SELECT journal_id, line, owner, kind, after, CAST(SUM(amount) OVER w + IF(:since > 0, FIRST_VALUE(after - amount) OVER w, 0) AS SIGNED) AS running
	  FROM posting
	 WHERE kind IN ('cash', 'gift', 'frozen', 'arrears', 'voucher', 'card')
	   AND journal_id > GREATEST(CAST(:since AS SIGNED) - 29491200000000, 0) AND place > :since
	WINDOW w AS (PARTITION BY owner, kind ORDER BY place, line)) r
 WHERE after <> running LIMIT 20

-- … and the last one is what the account holds.
-- name: check_last many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT(a.kind, ' of ', a.owner, ' after its last posting'), '') AS what, a.balance AS amount
  FROM account a
 WHERE a.last_place > 0 AND a.balance <> (
	SELECT p.after FROM posting p WHERE p.owner = a.owner AND p.kind = a.kind AND p.shard = a.shard ORDER BY p.place DESC, p.line DESC LIMIT 1) LIMIT 20

-- name: check_negative many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT(kind, ' of ', owner, ' out of bounds'), '') AS what, balance AS amount FROM account
 WHERE (kind IN ('cash', 'gift', 'frozen', 'voucher', 'card') AND balance < 0) OR (kind = 'arrears' AND balance > 0) LIMIT 20

-- name: check_paid many
-- scan: audit
-- in:   since u64?
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('order ', number, ' is ', state, ', paid is not payable'), '') AS what, paid - payable AS amount
  FROM orders WHERE state IN ('processing', 'completed') AND kind <> 'unsubscribe' AND paid <> payable [since? AND id IN (SELECT object_id FROM audit_log WHERE id >= :since AND object_kind = 'order')] LIMIT 20

-- name: check_unpaid many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('order ', number, ' is ', state, ' and has money'), '') AS what, paid AS amount FROM orders WHERE state IN ('to_confirm', 'in_review', 'to_pay') AND paid <> 0 LIMIT 20

-- Each order's money came by payments that succeeded.
-- name: check_payment many
-- scan: audit
-- in:   since u64?
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('order ', o.number, ' paid by payments'), '') AS what, CAST(COALESCE(SUM(x.amount), 0) AS SIGNED) - o.paid AS amount
  FROM orders o LEFT JOIN (payment_order x JOIN payment p ON p.id = x.payment_id AND p.state = 'succeeded') ON x.order_id = o.id
 WHERE o.paid <> 0 AND o.kind <> 'unsubscribe' [since? AND o.id IN (SELECT object_id FROM audit_log WHERE id >= :since AND object_kind = 'order')]
 GROUP BY o.buyer_id, o.id, o.paid HAVING SUM(x.amount) IS NULL OR SUM(x.amount) <> o.paid LIMIT 20

-- name: check_payment_sum many
-- scan: audit
-- in:   since u64?
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('payment ', p.number, ' and its orders'), '') AS what, p.amount - CAST(COALESCE(SUM(x.cash + x.gift), 0) AS SIGNED) AS amount
  FROM payment p LEFT JOIN payment_order x ON x.payment_id = p.id WHERE p.purpose = 'orders' [since? AND p.id IN (SELECT object_id FROM audit_log WHERE id >= :since AND object_kind = 'payment')]
 GROUP BY p.id, p.amount HAVING p.amount <> COALESCE(SUM(x.cash + x.gift), 0) LIMIT 20

-- What a payment covers of an order is cash, gift, vouchers and cards.
-- name: check_part many
-- scan: audit
-- in:   since u64?
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('payment ', x.payment_id, ' of order ', x.order_id, ' and its parts'), '') AS what, x.amount - x.cash - x.gift - CAST(COALESCE(SUM(y.amount), 0) AS SIGNED) AS amount
  FROM payment_order x LEFT JOIN payment_part y ON y.payment_id = x.payment_id AND y.order_id = x.order_id
 WHERE TRUE [since? AND x.payment_id IN (SELECT object_id FROM audit_log WHERE id >= :since AND object_kind = 'payment')]
 GROUP BY x.payment_id, x.order_id, x.amount, x.cash, x.gift HAVING x.amount <> x.cash + x.gift + COALESCE(SUM(y.amount), 0) LIMIT 20

-- What went back to each source is what the refunds of the order booked.
-- name: check_returned many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('order ', MAX(o.number), ' has back ', SUM(r.given), ', booked'), '') AS what, CAST(COALESCE(SUM(r.booked), 0) AS SIGNED) AS amount
  FROM (SELECT order_id, cash_returned + gift_returned AS given, 0 AS booked FROM payment_order WHERE cash_returned + gift_returned <> 0
	UNION ALL SELECT order_id, returned, 0 FROM payment_part WHERE returned <> 0
	UNION ALL
	SELECT COALESCE(u.refunds_id, j.order_id), 0, p.amount
	  FROM journal j JOIN posting p ON p.journal_id = j.id AND p.amount > 0 LEFT JOIN orders u ON u.id = j.order_id AND u.kind = 'unsubscribe'
	 WHERE j.kind = 'order_refund') r
  LEFT JOIN orders o ON o.id = r.order_id
 GROUP BY r.order_id HAVING SUM(r.given) <> SUM(r.booked) LIMIT 20

-- A voucher is the sum of its entries.
-- name: check_voucher many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('voucher ', v.number, ' and its entries'), '') AS what, v.available AS amount
  FROM voucher v LEFT JOIN (
	SELECT voucher_id, SUM(IF(kind = 'issue', amount, 0)) AS face,
	       SUM(CASE kind WHEN 'issue' THEN amount WHEN 'release' THEN amount WHEN 'return' THEN amount WHEN 'restore' THEN amount WHEN 'reserve' THEN -amount WHEN 'expire' THEN -amount ELSE 0 END) AS available,
	       SUM(CASE kind WHEN 'reserve' THEN amount WHEN 'release' THEN -amount WHEN 'use' THEN -amount WHEN 'forfeit' THEN -amount ELSE 0 END) AS reserved,
	       SUM(CASE kind WHEN 'use' THEN amount WHEN 'return' THEN -amount ELSE 0 END) AS used
	  FROM voucher_entry GROUP BY voucher_id) e ON e.voucher_id = v.id
 WHERE NOT (v.face <=> e.face AND v.available <=> e.available AND v.reserved <=> e.reserved AND v.used <=> e.used) LIMIT 20

-- What is reserved is held by a payment under way.
-- name: check_reserved many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('voucher ', v.number, ' reserved ', v.reserved, ', held'), '') AS what, COALESCE(h.held, 0) AS amount
  FROM voucher v LEFT JOIN (
	SELECT y.voucher_id, CAST(SUM(y.held) AS SIGNED) AS held FROM payment_part y JOIN payment p ON p.id = y.payment_id
	 WHERE p.state IN ('created', 'waiting', 'unknown') GROUP BY y.voucher_id) h ON h.voucher_id = v.id
 WHERE v.reserved <> COALESCE(h.held, 0) LIMIT 20

-- An organisation's vouchers and cards are what its accounts say.
-- name: check_voucher_account many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT(k.kind, 's of ', k.org_id), '') AS what, COALESCE(k.total, 0) - COALESCE(a.balance, 0) AS amount
  FROM (SELECT org_id, kind, CAST(SUM(available + reserved) AS SIGNED) AS total FROM voucher GROUP BY org_id, kind) k
  LEFT JOIN account a ON a.owner = k.org_id AND a.kind = k.kind AND a.shard = 0
 WHERE k.total <> COALESCE(a.balance, 0) LIMIT 20

-- No order has two payments under way that could both succeed.
-- name: check_open many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('order ', x.order_id, ' has payments under way'), '') AS what, COUNT(*) AS amount
  FROM payment_order x JOIN payment p ON p.id = x.payment_id AND p.state IN ('created', 'waiting', 'unknown') GROUP BY x.order_id HAVING COUNT(*) > 1 LIMIT 20

-- name: check_notice many
-- scan: audit
-- in:   since u64?
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('payment ', p.number, ' succeeded without a notice'), '') AS what, p.amount AS amount
  FROM payment p LEFT JOIN notice n ON n.channel = p.channel AND n.transaction_id = p.transaction_id AND n.outcome = 'applied'
 WHERE p.state = 'succeeded' AND p.channel <> 'balance' AND n.channel IS NULL
   AND NOT EXISTS (SELECT 1 FROM remittance r WHERE r.payment_id = p.id AND r.org_id = p.org_id AND r.claim_id IS NOT NULL)
   [since? AND p.id IN (SELECT object_id FROM audit_log WHERE id >= :since AND object_kind = 'payment')] LIMIT 20

-- A payment is booked once, as what it is for.
-- name: check_booked many
-- scan: audit
-- in:   since u64?
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('payment ', p.number, ' booked'), '') AS what, COALESCE(j.n, 0) AS amount
  FROM payment p LEFT JOIN (SELECT payment_id, kind, COUNT(*) AS n FROM journal WHERE kind IN ('payment_in', 'topup', 'unexplained_claim')
		[since? AND payment_id IN (SELECT object_id FROM audit_log WHERE id >= :since AND object_kind = 'payment')] GROUP BY payment_id, kind) j
    ON j.payment_id = p.id AND j.kind = IF(p.purpose = 'orders', 'payment_in', IF(EXISTS (SELECT 1 FROM remittance r WHERE r.payment_id = p.id AND r.org_id = p.org_id AND r.claim_id IS NOT NULL), 'unexplained_claim', 'topup'))
 WHERE (p.state = 'succeeded' AND p.channel <> 'balance') <> (COALESCE(j.n, 0) = 1)
   [since? AND p.id IN (SELECT object_id FROM audit_log WHERE id >= :since AND object_kind = 'payment')] LIMIT 20

-- A top-up has no orders, and all of it became cash.
-- name: check_topup many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('top-up ', p.number, ' of ', p.amount, ' with ', (SELECT COUNT(*) FROM payment_order x WHERE x.payment_id = p.id), ' orders booked'), '') AS what, COALESCE(j.total, 0) AS amount
  FROM payment p LEFT JOIN (SELECT e.payment_id, CAST(SUM(g.amount) AS SIGNED) AS total FROM journal e JOIN posting g ON g.journal_id = e.id AND g.kind = 'cash' WHERE e.kind IN ('topup', 'unexplained_claim') GROUP BY e.payment_id) j
    ON j.payment_id = p.id
 WHERE p.purpose = 'topup' AND (COALESCE(j.total, 0) <> IF(p.state = 'succeeded', p.amount, 0) OR EXISTS (SELECT 1 FROM payment_order x WHERE x.payment_id = p.id)) LIMIT 20

-- What was refunded of an order: at least what failed, at most what was paid.
-- name: check_refund many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('order ', o.number, ' paid ', o.paid, ', failed ', COALESCE(f.failed, 0), ', refunded'), '') AS what, COALESCE(r.refunded, 0) AS amount
  FROM orders o
  LEFT JOIN (SELECT order_id, CAST(SUM(amount) AS SIGNED) AS failed FROM order_line WHERE state = 'failed' GROUP BY order_id) f ON f.order_id = o.id
  LEFT JOIN (
	SELECT COALESCE(u.refunds_id, j.order_id) AS order_id, CAST(SUM(p.amount) AS SIGNED) AS refunded
	  FROM journal j
	  JOIN posting p ON p.journal_id = j.id AND p.amount > 0
	  LEFT JOIN orders u ON u.id = j.order_id AND u.kind = 'unsubscribe'
	 WHERE j.kind = 'order_refund' GROUP BY COALESCE(u.refunds_id, j.order_id)) r ON r.order_id = o.id
 WHERE COALESCE(r.refunded, 0) > o.paid OR COALESCE(r.refunded, 0) < COALESCE(f.failed, 0) LIMIT 20

-- What went back through its channel of what came in, or is on its way, is what its refunds say.
-- name: check_refunded many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT(x.what, ' says refunded ', x.refunded, ', its refunds'), '') AS what, x.total AS amount
  FROM (SELECT CONCAT('payment ', p.number) AS what, p.refunded, CAST(COALESCE(r.total, 0) AS SIGNED) AS total
	  FROM payment p LEFT JOIN (SELECT payment_id, SUM(amount) AS total FROM refund WHERE state <> 'refused' GROUP BY payment_id) r ON r.payment_id = p.id
	 WHERE p.refunded <> COALESCE(r.total, 0)
	UNION ALL
	SELECT CONCAT('case ', c.id), c.refunded, CAST(COALESCE(SUM(r.amount), 0) AS SIGNED)
	  FROM finance_case c LEFT JOIN refund r ON r.cause = 'case' AND r.cause_id = c.id AND r.payment_id IS NULL AND r.state <> 'refused' GROUP BY c.id, c.refunded) x
 WHERE x.refunded <> x.total LIMIT 20

-- A refund is booked out once, and once more when it is over: to the channel's clearing, or back.
-- name: check_refund_booked many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('refund ', r.number, ' is ', r.state, ', booked'), '') AS what, r.amount AS amount
  FROM refund r
  LEFT JOIN journal b ON b.id = r.out_journal LEFT JOIN posting x ON x.journal_id = b.id AND x.kind = 'refund_due'
  LEFT JOIN journal e ON e.id = r.end_journal LEFT JOIN posting y ON y.journal_id = e.id AND y.kind = 'refund_due'
 WHERE NOT (COALESCE(b.kind, '') = 'refund_out' AND x.owner = r.channel + 0 AND x.amount = r.amount
            AND COALESCE(e.kind, '') = CASE r.state WHEN 'done' THEN 'refund_done' WHEN 'refused' THEN 'refund_back' ELSE '' END
            AND (e.id IS NULL OR (y.owner = r.channel + 0 AND y.amount = -r.amount))) LIMIT 20

-- What a channel still has to give back is what is on its way through it.
-- name: check_refund_due many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('refunds under way through channel ', k.owner, ': ', SUM(k.way), ', due'), '') AS what, CAST(COALESCE(SUM(k.due), 0) AS SIGNED) AS amount
  FROM (SELECT owner, balance AS due, 0 AS way FROM account WHERE kind = 'refund_due'
	UNION ALL SELECT channel + 0, 0, amount FROM refund WHERE state NOT IN ('done', 'refused')) k
 GROUP BY k.owner HAVING SUM(k.due) <> SUM(k.way) LIMIT 20

-- Orders wait for their refund as long as it is under way, and share all of it.
-- name: check_refund_order many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('refund ', r.number, ' is ', r.state, ', of its orders are complete ', SUM(o.state = 'completed'), ' of'), '') AS what, COUNT(o.id) AS amount
  FROM refund r LEFT JOIN refund_order x ON x.refund_id = r.id LEFT JOIN orders o ON o.buyer_id = x.buyer_id AND o.id = x.order_id
 WHERE r.cause = 'orders' GROUP BY r.id, r.number, r.state, r.amount
HAVING COUNT(o.id) = 0 OR SUM(x.amount) <> r.amount OR SUM(o.state <> IF(r.state IN ('done', 'refused'), 'completed', 'refunding')) <> 0 LIMIT 20

-- An unsubscribe order that is complete gave back what it says, once.
-- name: check_unsubscribed many
-- scan: audit
-- in:   since u64?
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('order ', o.number, ' is completed, gave back ', COALESCE(j.n, 0), ' times'), '') AS what, COALESCE(j.total, 0) - o.paid AS amount
  FROM orders o
  LEFT JOIN (SELECT e.order_id, COUNT(DISTINCT e.id) AS n, CAST(SUM(p.amount) AS SIGNED) AS total
	       FROM journal e JOIN posting p ON p.journal_id = e.id AND p.amount > 0 WHERE e.kind = 'order_refund' GROUP BY e.order_id) j ON j.order_id = o.id
 WHERE o.kind = 'unsubscribe' AND o.state = 'completed' AND (COALESCE(j.total, 0) <> o.payable OR o.paid <> o.payable OR j.n <> 1)
   [since? AND o.id IN (SELECT object_id FROM audit_log WHERE id >= :since AND object_kind = 'order')] LIMIT 20

-- name: check_counter many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('counters of ', c.org_id), '') AS what,
       CAST(ABS(c.to_pay - COALESCE(s.to_pay, 0)) + ABS(c.processing - COALESCE(s.processing, 0)) + ABS(c.completed - COALESCE(s.completed, 0)) +
            ABS(c.cancelled - COALESCE(s.cancelled, 0)) + ABS(c.refunding - COALESCE(s.refunding, 0)) + ABS(c.in_review - COALESCE(s.in_review, 0)) +
            ABS(c.to_confirm - COALESCE(s.to_confirm, 0)) AS SIGNED) AS amount
  FROM org_counter c LEFT JOIN (
	SELECT buyer_id, SUM(state = 'to_pay') AS to_pay, SUM(state = 'processing') AS processing, SUM(state = 'completed') AS completed,
	       SUM(state = 'cancelled') AS cancelled, SUM(state = 'refunding') AS refunding, SUM(state = 'in_review') AS in_review, SUM(state = 'to_confirm') AS to_confirm
	  FROM orders WHERE NOT hidden GROUP BY buyer_id) s ON s.buyer_id = c.org_id
HAVING amount <> 0 LIMIT 20

-- name: check_resource_counter many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('resource counter of ', c.org_id), '') AS what, c.resources - COALESCE(s.n, 0) AS amount
  FROM org_counter c LEFT JOIN (SELECT buyer_id, COUNT(*) AS n FROM resource WHERE state = 'in_use' GROUP BY buyer_id) s ON s.buyer_id = c.org_id
HAVING amount <> 0 LIMIT 20

-- A processing order waits for something, a completed one for nothing.
-- name: check_line many
-- scan: audit
-- in:   since u64?
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('order ', o.number, ' is ', o.state, ', lines waiting'), '') AS what, COUNT(*) AS amount
  FROM orders o JOIN order_line l ON l.order_id = o.id
 WHERE o.state = 'completed' AND o.kind = 'purchase' AND l.state = 'waiting' [since? AND o.id IN (SELECT object_id FROM audit_log WHERE id >= :since AND object_kind = 'order')] GROUP BY o.buyer_id, o.id LIMIT 20

-- name: check_resource many
-- scan: audit
-- in:   since u64?
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('order ', o.number, ' is ', o.state, ' without a resource for line ', l.line), '') AS what, 1 AS amount
  FROM orders o JOIN order_line l ON l.order_id = o.id LEFT JOIN resource r ON r.id = l.resource_id
 WHERE o.state IN ('processing', 'completed') AND o.kind = 'purchase' AND r.id IS NULL [since? AND o.id IN (SELECT object_id FROM audit_log WHERE id >= :since AND object_kind = 'order')] LIMIT 20

-- Whoever waits for a provider's system is in the outbox, or waits for its server.
-- name: check_outbox many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('resource ', r.id, ' is provisioning and nothing is under way'), '') AS what, 1 AS amount
  FROM resource r
  LEFT JOIN outbox b ON b.subject = r.id AND b.state = 'waiting'
  LEFT JOIN resource h ON h.id = r.host_id
 WHERE r.state = 'provisioning' AND r.delivery = 'automatic' AND b.id IS NULL AND (h.id IS NULL OR h.state = 'in_use') LIMIT 20

-- name: check_stock many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('stock of plan ', id), '') AS what, COALESCE(CAST(stock AS SIGNED), 0) AS amount FROM plan WHERE stock < 0 LIMIT 20

-- name: check_coupon many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('coupon ', c.id, ' of ', c.total, ' says claimed ', c.claimed, ', has claims'), '') AS what, COALESCE(k.n, 0) AS amount
  FROM coupon c LEFT JOIN (SELECT coupon_id, COUNT(*) AS n FROM coupon_claim GROUP BY coupon_id) k ON k.coupon_id = c.id
 WHERE c.claimed <> COALESCE(k.n, 0) OR c.claimed > c.total LIMIT 20

-- A locked claim has an unpaid order that names it, a used one a paid one.
-- name: check_claim many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('claim ', k.number, ' is ', k.state, ', its order is ', COALESCE(o.state, 'none')), '') AS what, k.saved AS amount
  FROM coupon_claim k LEFT JOIN orders o ON o.buyer_id = k.buyer_id AND o.id = k.order_id AND o.coupon_id = k.id
 WHERE (k.state = 'usable') <> (k.order_id IS NULL)
    OR (k.state = 'locked' AND COALESCE(o.state, '') NOT IN ('to_confirm', 'in_review', 'to_pay'))
    OR (k.state = 'used' AND COALESCE(o.state, '') NOT IN ('processing', 'completed')) LIMIT 20

-- … and the other way round.
-- name: check_coupon_order many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('order ', o.number, ' is ', o.state, ', its coupon is ', COALESCE(k.state, 'not its own')), '') AS what, o.payable AS amount
  FROM orders o LEFT JOIN coupon_claim k ON k.buyer_id = o.buyer_id AND k.id = o.coupon_id AND k.order_id = o.id
 WHERE o.coupon_id IS NOT NULL AND o.state <> 'cancelled'
   AND COALESCE(k.state, '') <> IF(o.state IN ('to_confirm', 'in_review', 'to_pay'), 'locked', 'used') LIMIT 20

-- What is listed is found, with its sales; nothing else is.
-- name: check_listed many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('product ', p.slug, ' is ', p.state, ', in the list of all by sales it has ', COALESCE(t.score, 'no place')), '') AS what, COALESCE(CAST(p.deals AS SIGNED), 0) AS amount
  FROM product p LEFT JOIN product_term t ON t.product_id = p.id AND t.term = '*deals'
 WHERE (p.state = 'listed') <> (t.score IS NOT NULL) OR t.score <> p.deals LIMIT 20

-- name: check_term_count many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('list ', k.term, ' says ', k.n, ' products, has'), '') AS what, COALESCE(t.n, 0) AS amount
  FROM term_count k LEFT JOIN (SELECT term, COUNT(*) AS n FROM product_term GROUP BY term) t ON t.term = k.term
 WHERE k.n <> COALESCE(t.n, 0) LIMIT 20

-- An entry that was sealed is never taken out.
-- name: check_torn many
-- scan: audit
-- in:   since u64
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('audit entry ', s.entry_id, ' is sealed and gone, seal'), '') AS what, CAST(s.seq AS SIGNED) AS amount
  FROM audit_seal s LEFT JOIN audit_log a ON a.id = s.entry_id WHERE s.seq > :since AND a.id IS NULL ORDER BY s.seq LIMIT 20

-- name: check_unsealed many
-- scan: audit
-- in:   since u64, before u64
-- out:  what str, amount i64
SELECT 'audit entries older than ten minutes without a seal' AS what, COUNT(*) AS amount
  FROM audit_log a LEFT JOIN audit_seal s ON s.entry_id = a.id WHERE a.id >= :since AND a.id < :before AND s.seq IS NULL HAVING COUNT(*) > 0

-- What stands frozen waits for a decision about withdrawals.
-- name: check_frozen many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('frozen of ', a.owner, ' is ', a.balance, ', withdrawals ask for'), '') AS what, COALESCE(s.total, 0) AS amount
  FROM account a LEFT JOIN (SELECT org_id, CAST(SUM(amount) AS SIGNED) AS total FROM withdrawal WHERE state = 'requested' GROUP BY org_id) s ON s.org_id = a.owner
 WHERE a.kind = 'frozen' AND a.balance <> COALESCE(s.total, 0) LIMIT 20

-- What is due to be paid out is on its way to a bank.
-- name: check_withdrawal_due many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('withdrawals due of ', d.owner, ' are ', d.balance, ', payouts under way'), '') AS what, COALESCE(s.total, 0) AS amount
  FROM (SELECT owner, CAST(SUM(balance) AS SIGNED) AS balance FROM account WHERE kind = 'withdrawal_due' GROUP BY owner) d
  LEFT JOIN (SELECT org_id, CAST(SUM(amount) AS SIGNED) AS total FROM payout WHERE cause = 'withdrawal' AND state IN ('waiting', 'filed', 'sent') GROUP BY org_id) s ON s.org_id = d.owner
 WHERE d.balance <> COALESCE(s.total, 0) LIMIT 20

-- A withdrawal is the sum of its parts, and over when they are.
-- name: check_withdrawal many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('withdrawal ', w.number, ' of ', w.amount, ' is ', w.state, ', ', COALESCE(SUM(y.state = 'under_way'), 0), ' parts under way, ', COALESCE(SUM(y.state = 'planned'), 0), ' planned, sum'), '') AS what,
       CAST(COALESCE(SUM(y.amount), 0) AS SIGNED) AS amount
  FROM withdrawal w LEFT JOIN withdrawal_part y ON y.withdrawal_id = w.id
 GROUP BY w.org_id, w.id, w.number, w.amount, w.state
HAVING w.amount <> COALESCE(SUM(y.amount), 0) OR (w.state = 'requested') <> (SUM(y.state = 'planned') = COUNT(*)) OR (w.state = 'under_way') <> (SUM(y.state = 'under_way') > 0) LIMIT 20

-- A payout is in one file at most, and that file's sum is what it says.
-- name: check_payout_batch many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('file ', b.number, ' is ', b.state, ', ', b.payouts, ' payouts of ', b.total, ', has'), '') AS what, CAST(COALESCE(SUM(p.amount), 0) AS SIGNED) AS amount
  FROM payout_batch b LEFT JOIN payout p ON p.batch_id = b.id
 GROUP BY b.id, b.number, b.state, b.payouts, b.total
HAVING IF(b.state = 'discarded', COUNT(p.id) <> 0, COUNT(p.id) <> b.payouts OR SUM(p.amount) <> b.total) OR (b.state = 'proposed' AND SUM(p.state <> 'filed') <> 0) OR
       (b.state = 'approved' AND SUM(p.state = 'sent') = 0) OR (b.state = 'closed' AND SUM(p.state NOT IN ('done', 'refused')) <> 0) LIMIT 20

-- A month's bill is its journal, to the fen (MON-14): all of it, and the sums by product and by buyer.  The month of `since` is looked at whole.
-- name: check_bill many
-- scan: audit
-- in:   since u64
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('bill of ', k.org_id, ' in ', k.month, ', booked'), '') AS what, COALESCE(b.total, 0) AS amount
  FROM (SELECT org_id, month, IF(buyer_id, 'buyers', IF(product_id, 'products', 'all')) AS sums, SUM(cash) AS cash, SUM(gift) AS gift, SUM(voucher) AS voucher, SUM(card) AS card
	  FROM bill_sum WHERE month >= CAST(DATE_FORMAT('2020-01-01' + INTERVAL (:since DIV 8192) MICROSECOND + INTERVAL 8 HOUR, '%Y-%m-01') AS DATE) GROUP BY org_id, month, sums
	 UNION ALL SELECT DISTINCT j.org_id, CAST(DATE_FORMAT(j.booked_at + INTERVAL 8 HOUR, '%Y-%m-01') AS DATE), 'none', 0, 0, 0, 0 FROM journal j
	  WHERE j.id >= GREATEST(TIMESTAMPDIFF(MICROSECOND, '2020-01-01', CAST(DATE_FORMAT('2020-01-01' + INTERVAL (:since DIV 8192) MICROSECOND + INTERVAL 8 HOUR, '%Y-%m-01') AS DATE) - INTERVAL 8 HOUR), 0) * 8192 AND j.kind IN ('order_pay', 'order_refund')
	    AND NOT EXISTS (SELECT 1 FROM bill_sum h WHERE h.org_id = j.org_id AND h.month = CAST(DATE_FORMAT(j.booked_at + INTERVAL 8 HOUR, '%Y-%m-01') AS DATE))) k
  LEFT JOIN (SELECT j.org_id, CAST(DATE_FORMAT(j.booked_at + INTERVAL 8 HOUR, '%Y-%m-01') AS DATE) AS month, CAST(-SUM(p.amount) AS SIGNED) AS total, -SUM(IF(p.kind = 'cash', p.amount, 0)) AS cash,
		    -SUM(IF(p.kind = 'gift', p.amount, 0)) AS gift, -SUM(IF(p.kind = 'voucher', p.amount, 0)) AS voucher, -SUM(IF(p.kind = 'card', p.amount, 0)) AS card
	       FROM journal j JOIN posting p ON p.journal_id = j.id AND p.owner = j.org_id AND p.kind IN ('cash', 'gift', 'voucher', 'card')
	      WHERE j.id >= GREATEST(TIMESTAMPDIFF(MICROSECOND, '2020-01-01', CAST(DATE_FORMAT('2020-01-01' + INTERVAL (:since DIV 8192) MICROSECOND + INTERVAL 8 HOUR, '%Y-%m-01') AS DATE) - INTERVAL 8 HOUR), 0) * 8192 AND j.kind IN ('order_pay', 'order_refund') GROUP BY 1, 2) b ON b.org_id = k.org_id AND b.month = k.month
 WHERE k.cash <> COALESCE(b.cash, 0) OR k.gift <> COALESCE(b.gift, 0) OR k.voucher <> COALESCE(b.voucher, 0) OR k.card <> COALESCE(b.card, 0) LIMIT 20

-- Unexplained receipts are the money of the cases that are not settled (MON-7).
-- name: check_case many
-- scan: audit
-- out:  what str, amount i64
SELECT 'unexplained receipts, beyond the cases that stand for them' AS what, u.balance - c.amount AS amount
  FROM (SELECT CAST(COALESCE(SUM(balance), 0) AS SIGNED) AS balance FROM account WHERE owner = 0 AND kind = 'unexplained') u
  JOIN (SELECT CAST(COALESCE(SUM(IF(kind IN ('reversal', 'debit'), -amount, amount)), 0) AS SIGNED) AS amount FROM finance_case WHERE stands = 'unexplained' AND state <> 'settled') c
 WHERE u.balance <> c.amount

-- A case is settled as it was approved.
-- name: check_case_approved many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('case ', f.id, ' is ', f.state, ', its last proposal is ', COALESCE(p.state, 'none')), '') AS what, f.amount AS amount
  FROM finance_case f LEFT JOIN case_proposal p ON p.case_id = f.id AND p.nth = f.proposals
 WHERE (f.state = 'proposed') <> (COALESCE(p.state, '') = 'waiting') OR (COALESCE(p.state, '') = 'approved' AND NOT (f.state = 'settled' AND f.settlement = p.settlement)) LIMIT 20

-- A day that is closed has no open difference, and each day says how many it has (MON-9).
-- name: check_statement many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('statement ', s.channel, ' ', s.day, ' is ', s.state, ' with ', s.unsettled, ' open differences, has'), '') AS what, COALESCE(d.n, 0) AS amount
  FROM statement s LEFT JOIN (SELECT statement_id, COUNT(*) AS n FROM difference WHERE state <> 'settled' GROUP BY statement_id) d ON d.statement_id = s.id
 WHERE s.unsettled <> COALESCE(d.n, 0) OR (s.state = 'closed' AND s.unsettled <> 0) LIMIT 20

-- What was adjusted was booked.
-- name: check_difference many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('difference ', d.statement_id, ' ', d.nth, ' is adjusted, booked'), '') AS what, COALESCE(p.amount, 0) AS amount
  FROM difference d LEFT JOIN posting p ON p.journal_id = d.journal_id AND p.kind = 'expense'
 WHERE d.state = 'settled' AND d.settlement = 'adjust' AND COALESCE(p.amount, 0) <> IF(d.refund, d.ours - d.theirs, d.theirs - d.ours) LIMIT 20

-- What quotas say was used is what was called: of each day, and in the last minutes (DEL-14).
-- name: check_api_used many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('calls of ', q.buyer_id, ' of product ', q.product_id, ' that no day knows'), '') AS what,
       COALESCE(CAST(q.used - COALESCE(d.calls, 0) - COALESCE(c.calls, 0) AS SIGNED), 0) AS amount
  FROM (SELECT buyer_id, product_id, CAST(SUM(used) AS SIGNED) AS used FROM api_quota GROUP BY buyer_id, product_id) q
  LEFT JOIN (SELECT buyer_id, product_id, CAST(SUM(calls) AS SIGNED) AS calls FROM api_day GROUP BY buyer_id, product_id) d
    ON d.buyer_id = q.buyer_id AND d.product_id = q.product_id
  LEFT JOIN (SELECT buyer_id, product_id, COUNT(*) AS calls FROM api_call GROUP BY buyer_id, product_id) c
    ON c.buyer_id = q.buyer_id AND c.product_id = q.product_id
 WHERE q.used <> COALESCE(d.calls, 0) + COALESCE(c.calls, 0) LIMIT 20

-- A quota is open as long as its resource is there, and each that calls an API has one.
-- name: check_api_open many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('quota of resource ', r.id, ', which is ', r.state), '') AS what, COALESCE(q.open, -1) AS amount
  FROM resource r JOIN product p ON p.id = r.product_id AND p.category_code = 'api' JOIN plan l ON l.id = r.plan_id
  LEFT JOIN api_quota q ON q.resource_id = r.id AND q.open = 1
 WHERE (q.resource_id IS NOT NULL AND r.state NOT IN ('in_use', 'expired'))
    OR (q.resource_id IS NULL AND r.state = 'in_use' AND r.main_id IS NULL AND l.package_units > 0) LIMIT 20

-- How many messages a person has not read is kept, not counted (ACC-16).
-- name: check_inbox many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('inbox of person ', i.person_id, ' in ', i.org_id, ' says ', i.unread, ' unread, has'), '') AS what, COALESCE(c.n, 0) AS amount
  FROM inbox i LEFT JOIN (SELECT person_id, org_id, COUNT(*) AS n FROM message WHERE read_at IS NULL GROUP BY person_id, org_id) c ON c.person_id = i.person_id AND c.org_id = i.org_id
 WHERE i.unread <> COALESCE(c.n, 0) LIMIT 20

-- A delivery and its resource: completed, it is handed over; open, its resource is there or on its way.
-- name: check_delivery many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('delivery ', d.number, ' is ', d.state, ', its resource ', COALESCE(r.state, 'not there')), '') AS what, 1 AS amount
  FROM delivery d LEFT JOIN resource r ON r.buyer_id = d.buyer_id AND r.id = d.resource_id
 WHERE r.id IS NULL OR (d.state = 'completed' AND r.state = 'provisioning') OR (d.state NOT IN ('completed', 'closed') AND r.state IN ('failed', 'refunded', 'released'))
    OR (d.state IN ('completed', 'closed')) <> (d.ended_at IS NOT NULL) OR (d.hold IS NULL) <> (d.held_at IS NULL) LIMIT 20

-- The kept counts of deliveries are true.
-- name: check_delivery_count many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('deliveries of ', x.org_id, ' ', x.state), '') AS what, CAST(COALESCE(SUM(x.n), 0) AS SIGNED) AS amount
  FROM (SELECT org_id, state, n FROM delivery_counter
	UNION ALL SELECT buyer_id, state, -COUNT(*) FROM delivery GROUP BY buyer_id, state
	UNION ALL SELECT provider_id, state, -COUNT(*) FROM delivery GROUP BY provider_id, state) x
 GROUP BY x.org_id, x.state HAVING SUM(x.n) <> 0 LIMIT 20

-- An accepted claim is one remittance of its amount to its organisation; no other claim is (MON-11).
-- name: check_remit_claim many
-- scan: audit
-- out:  what str, amount i64
SELECT COALESCE(CONCAT('claim to a transfer ', c.id, ' is ', c.state, ' with remittances'), '') AS what, COALESCE(r.total, 0) AS amount
  FROM remit_claim c LEFT JOIN (SELECT x.claim_id, x.org_id, COUNT(*) AS n, CAST(SUM(p.amount) AS SIGNED) AS total FROM remittance x JOIN payment p ON p.id = x.payment_id
		WHERE x.claim_id IS NOT NULL GROUP BY x.claim_id, x.org_id) r ON r.claim_id = c.id
 WHERE (c.state = 'accepted') <> (r.n IS NOT NULL) OR r.n > 1 OR r.total <> c.amount OR r.org_id <> c.org_id LIMIT 20
