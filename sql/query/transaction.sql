-- What moved an organisation's cash, gift, frozen money and arrears (MON-13), the newest first.

-- One branch for each account, for a kind of journal, for a number: each is the end of a range of an index, so a page costs the same among a thousand and a million.  `accounts`: names with
-- commas between, sign: 1 in, -1 out, 0 both; the branches of accounts are not asked for a sign.  before: seat and line of the last
-- row of the page before, where a seat is the place in the account, or of a kind's branch the journal.
-- name: transaction_list many
-- in:   org u64, cash bool, gift bool, frozen bool, arrears bool, kind journal_kind?, number str?, accounts str, sign i64, from_id u64, to_id u64, before u64, before_line u64, limit i32
-- out:  seat u64, line u64, account account_kind, kind journal_kind, booked_at instant, amount money, after money, has_after i64, order_number str?, order_buyer u64?, payment_number str?, payment_org u64?, channel payment_channel?, number str?
SELECT m.seat, p.line, p.kind AS account, j.kind, j.booked_at, p.amount, COALESCE(p.after, 0) AS after, CAST(p.after IS NOT NULL AS SIGNED) AS has_after, o.number AS order_number, o.buyer_id AS order_buyer, y.number AS payment_number, y.org_id AS payment_org, y.channel, j.number
  FROM ((SELECT journal_id, line, place AS seat FROM posting WHERE journal_id = 0 LIMIT 0)
 [cash? UNION ALL (SELECT journal_id, line, place FROM posting WHERE owner = :org AND kind = 'cash' AND shard = 0 AND place >= :from_id AND place < :to_id AND place <= :before AND (place < :before OR line < :before_line) ORDER BY place DESC, line DESC LIMIT :limit)]
 [gift? UNION ALL (SELECT journal_id, line, place FROM posting WHERE owner = :org AND kind = 'gift' AND shard = 0 AND place >= :from_id AND place < :to_id AND place <= :before AND (place < :before OR line < :before_line) ORDER BY place DESC, line DESC LIMIT :limit)]
 [frozen? UNION ALL (SELECT journal_id, line, place FROM posting WHERE owner = :org AND kind = 'frozen' AND shard = 0 AND place >= :from_id AND place < :to_id AND place <= :before AND (place < :before OR line < :before_line) ORDER BY place DESC, line DESC LIMIT :limit)]
 [arrears? UNION ALL (SELECT journal_id, line, place FROM posting WHERE owner = :org AND kind = 'arrears' AND shard = 0 AND place >= :from_id AND place < :to_id AND place <= :before AND (place < :before OR line < :before_line) ORDER BY place DESC, line DESC LIMIT :limit)]
 [kind? UNION ALL (SELECT p.journal_id, p.line, p.journal_id
	  FROM (SELECT k.id FROM journal k FORCE INDEX (kinds)
		 WHERE k.org_id = :org AND k.kind = :kind AND k.id >= :from_id AND k.id < :to_id AND k.id <= :before AND (SELECT COUNT(*) FROM posting p WHERE p.journal_id = k.id AND p.owner = :org AND FIND_IN_SET(p.kind, :accounts) AND (:sign = 0 OR SIGN(p.amount) = :sign) AND (k.id < :before OR p.line < :before_line)) > 0
		 ORDER BY k.id DESC LIMIT :limit) k
	  JOIN posting p ON p.journal_id = k.id AND p.owner = :org AND FIND_IN_SET(p.kind, :accounts) AND (:sign = 0 OR SIGN(p.amount) = :sign) AND (k.id < :before OR p.line < :before_line))]
 [number? UNION ALL (SELECT p.journal_id, p.line, p.place
	  FROM (SELECT id FROM journal WHERE number = :number
		 UNION SELECT k.id FROM payment x JOIN journal k ON k.payment_id = x.id WHERE x.number = :number
		 UNION SELECT k.id FROM orders x JOIN journal k ON k.order_id = x.id WHERE x.number = :number
		 UNION SELECT k.id FROM orders x JOIN orders u ON u.refunds_id = x.id JOIN journal k ON k.order_id = u.id WHERE x.number = :number) f
	  JOIN posting p ON p.journal_id = f.id AND p.owner = :org AND FIND_IN_SET(p.kind, :accounts) AND (:sign = 0 OR SIGN(p.amount) = :sign)
	 WHERE p.place >= :from_id AND p.place < :to_id AND p.place <= :before AND (p.place < :before OR p.line < :before_line) ORDER BY p.place DESC, p.line DESC LIMIT :limit)]) m
  JOIN posting p ON p.journal_id = m.journal_id AND p.line = m.line
  JOIN journal j ON j.id = p.journal_id
  LEFT JOIN orders o ON o.id = j.order_id
  LEFT JOIN payment y ON y.id = j.payment_id
 ORDER BY m.seat DESC, m.line DESC LIMIT :limit
