// A store made large by a few statements: products and orders by the ten thousand, and how many rows a page reads of it.

const PROVIDERS = 200
const product = 6e15, plan = 7e15, org = 8e15
/** Words by how many products have them: of a hundred, or so many whatever the size. */
export const WORDS = { 商品: 100, 管理: 30, 平台: 10, 数据: 3, 安全: 1 }
export const RARE = { 罕见: [0, 20], 稀有: [15, 35] }
export const provider = org

/** Products from … to - 1, and the lists that find them as app/product_index.c would write them. */
export async function addProducts(it, from, to) {
	const seq = `seq_${from}_to_${to - 1}`, range = `id >= ${product + from} AND id < ${product + to}`
	const rank = 'FLOOR(4 * IF(deals, FLOOR(LOG2(deals)) + 1, 0) + (10 * rating_sum + 175) / (rating_n + 5))'
	const list = (term, score, where = 'TRUE') => `INSERT INTO new_term SELECT ${term}, ${score}, id FROM product WHERE ${range} AND ${where};`
	const orders = { best: rank, deals: 'deals', newest: 'UNIX_TIMESTAMP(listed_at) * 1000000', price_up: '1000000000000000 - price_from', price_down: 'price_from',
		rating: 'IF(rating_n, FLOOR(rating_sum * 1000 / rating_n) << 20 | rating_n, 0)' }
	const facet = (value, where) => Object.entries(orders).map(([name, score]) => list(`CONCAT(${value}, '*${name}')`, score, where)).join(' ')
	const named = (i, score) => `${score} + IF(CRC32(id * 31 + ${i}) % 3 = 0, 4294967296, 0)`
	await it.sql(`
		INSERT IGNORE INTO org (id, kind, name, phone, created_at) SELECT ${org} + seq, 'provider', CONCAT('示例服务商 ', seq), '400-000-0000', '2026-01-01' FROM seq_0_to_${PROVIDERS};
		CREATE TEMPORARY TABLE codes (n INT PRIMARY KEY, code VARCHAR(30) CHARACTER SET ascii) AS SELECT position - 1 AS n, code FROM category WHERE position <= 18;
		INSERT INTO product (id, slug, provider_id, category_code, state, name, summary, delivery, dialect, agreement_version, price_from, deals, rating_sum, rating_n, listed_at, created_at)
		SELECT ${product} + seq, CONCAT('large-', seq), ${org} + IF(seq < 20, ${PROVIDERS}, seq % ${PROVIDERS}), code, 'listed', CONCAT('大型目录商品 ', seq), '用来量一页要读多少行的商品。',
		       IF(seq % 10 < 7, 'automatic', 'manual'), NULL, 1, ROUND(POW(10, 3 + 4 * RAND(seq * 7 + 1))), FLOOR(POW(RAND(seq * 11 + 2), 6) * 5000), IF(seq % 4, 0, 3 * (1 + seq % 5)), IF(seq % 4, 0, 3),
		       '2027-01-01' + INTERVAL seq SECOND, '2027-01-01' + INTERVAL seq SECOND
		  FROM ${seq} JOIN codes ON n = FLOOR(18 * POW(RAND(seq * 13 + 3), 2));
		INSERT INTO product_text (product_id, description, guide, after_sales, agreement, support_phone, support_email)
		SELECT ${product} + seq, REPEAT('说明。', 100), '指南', '售后', '协议', '', '' FROM ${seq};
		INSERT INTO plan (product_id, id, position, name, billing_mode, unit, trial) SELECT ${product} + seq, ${plan} + seq, 1, '标准版', IF(seq % 5, 'yearly_monthly', 'package'), '套', seq % 20 = 0 FROM ${seq};
		INSERT INTO plan_price (plan_id, duration_unit, duration, price) SELECT ${plan} + seq, 'year', 1, price_from FROM ${seq} JOIN product ON id = ${product} + seq;
		CREATE TEMPORARY TABLE new_term (term VARCHAR(60) NOT NULL, score BIGINT UNSIGNED NOT NULL, product_id BIGINT UNSIGNED NOT NULL);
		${facet("''")} ${facet("CONCAT('=c:', category_code)")} ${facet("CONCAT('=v:', provider_id)")} ${facet("CONCAT('=d:', delivery)")}
		${facet(`IF((id - ${product}) % 5, '=b:yearly_monthly', '=b:package')`)} ${facet("'=t'", `(id - ${product}) % 20 = 0`)}
		${list("CONCAT('=p:', LPAD(CASE WHEN price_from < 2000 THEN 5 WHEN price_from < 5000 THEN 6 WHEN price_from < 10000 THEN 7 WHEN price_from < 20000 THEN 8 WHEN price_from < 50000 THEN 9 WHEN price_from < 100000 THEN 10 WHEN price_from < 200000 THEN 11 WHEN price_from < 500000 THEN 12 WHEN price_from < 1000000 THEN 13 WHEN price_from < 2000000 THEN 14 WHEN price_from < 5000000 THEN 15 ELSE 16 END, 2, '0'))", 'price_from')}
		${[1, 2, 3, 4, 5].map(n => facet(`'=r:${n}'`, `rating_n AND rating_sum / rating_n >= ${n}`)).join(' ')}
		${Object.entries(WORDS).map(([word, percent], i) => list(`'${word}'`, named(i, rank), `CRC32(CONCAT('${word}', id)) % 100 < ${percent}`)).join('\n')}
		${Object.entries(RARE).map(([word, [a, b]], i) => list(`'${word}'`, named(9 + i, rank), `id >= ${product + a} AND id < ${product + b}`)).join('\n')}
		INSERT INTO new_term SELECT CONCAT('w', FLOOR(3000 * POW(RAND(p.id + s.seq * 7919), 4))), ${rank}, p.id FROM product p, seq_1_to_5 s WHERE ${range};
		INSERT IGNORE INTO product_term (term, score, product_id) SELECT term, score, product_id FROM new_term ORDER BY 1, 2, 3;
		DELETE FROM term_count;
		INSERT INTO term_count (term, n) SELECT term, COUNT(*) FROM product_term GROUP BY term;
		ANALYZE TABLE product, product_term, term_count;`)
}

/** Orders from … to - 1 of that buyer, over the last 150 days: two in three completed, the others in all states. */
export async function addOrders(it, buyer, from, to, all = to) {
	const states = ['to_pay', 'processing', 'refunding', 'cancelled'], kinds = ['renewal', 'change', 'unsubscribe']
	const at = `(UTC_TIMESTAMP() - INTERVAL 150 DAY + INTERVAL FLOOR(seq / ${all} * 150 * 86400) SECOND)`
	const number = `CONCAT(DATE_FORMAT(${at} + INTERVAL 8 HOUR, '%Y%m%d%H%i%s'), LPAD(seq % 1000000, 6, '0'))`
	const id = `((UNIX_TIMESTAMP(${at}) - 1577836800) * 1000000 + seq % 1000000) * 8192`
	const pick = (list, usual, n) => `IF(seq % 3, '${usual}', ELT(1 + FLOOR(seq / ${n}) % ${list.length}, ${list.map(v => `'${v}'`)}))`
	await it.sql(`
		INSERT INTO orders (id, buyer_id, number, kind, state, billing_mode, category_code, product_id, plan_id, provider_id, product_name, plan_name, provider_name, unit, quantity, duration, duration_unit,
		                    list_total, payable, paid, creator_id, payer_org_id, created_at, deadline_at, paid_at, closed_at)
		SELECT ${id}, ${buyer}, ${number}, ${pick(kinds, 'purchase', 3)}, ${pick(states, 'completed', 3)}, IF(seq % 50, 'yearly_monthly', 'pay_per_use'), IF(seq % 20, 'saas', 'api'), o.product_id, o.plan_id, o.provider_id,
		       IF(seq % 200, o.product_name, '少见的商品'), o.plan_name, o.provider_name, '套', 1, 1, 'year', 10000, 10000, 10000, o.creator_id, ${buyer}, ${at}, NULL, NULL, NULL
		  FROM seq_${from}_to_${to - 1} JOIN (SELECT * FROM orders WHERE buyer_id = ${buyer} ORDER BY id LIMIT 1) o;
		INSERT INTO order_sold (order_id, policy_version, product_agreement, platform_agreement, plan, price, contact, memo, creator_name)
		SELECT o.id, 1, 1, 1, s.plan, s.price, s.contact, s.memo, s.creator_name FROM orders o JOIN (SELECT * FROM order_sold LIMIT 1) s LEFT JOIN order_sold h ON h.order_id = o.id
		 WHERE o.buyer_id = ${buyer} AND h.order_id IS NULL;
		INSERT INTO order_line (order_id, line, state, amount, resource_id)
		SELECT o.id, 1, 'waiting', o.payable, o.id + 1 FROM orders o LEFT JOIN order_line l ON l.order_id = o.id WHERE o.buyer_id = ${buyer} AND l.order_id IS NULL;
		INSERT IGNORE INTO ordered_plan (buyer_id, plan_id, product_name, plan_name) SELECT DISTINCT buyer_id, plan_id, product_name, plan_name FROM orders WHERE buyer_id = ${buyer};
		ANALYZE TABLE orders, order_sold, order_line;`)
}

/** Claims from … to - 1 of that buyer, of one coupon: in all states. */
export async function addClaims(it, buyer, from, to) {
	const coupon = 9e15
	await it.sql(`
		INSERT IGNORE INTO coupon (provider_id, id, state, name, kind, amount, scope, used_for, claim_from, claim_to, valid_days, total, per_buyer, created_at, published_at)
		SELECT id, ${coupon}, 'published', '示例优惠券', 'amount', 100, 'provider', 'both', '2026-01-01', '2030-01-01', 30, 1000000, 60000, '2026-01-01', '2026-01-01' FROM org WHERE kind = 'provider' LIMIT 1;
		INSERT INTO coupon_claim (buyer_id, id, number, coupon_id, provider_id, nth, state, valid_from, valid_to, claimed_at)
		SELECT ${buyer}, ${coupon} + seq, CONCAT('C', seq), c.id, c.provider_id, 1 + seq, IF(seq % 500 = 0, 'locked', ELT(1 + seq % 3, 'usable', 'usable', 'used')), '2026-01-01', IF(seq % 3, '2030-01-01', '2026-02-01') + INTERVAL seq SECOND, '2026-01-01'
		  FROM seq_${from}_to_${to - 1} JOIN coupon c ON c.id = ${coupon};
		ANALYZE TABLE coupon_claim;`)
}

const counters = ['first', 'key', 'last', 'next', 'prev', 'retry', 'rnd', 'rnd_deleted', 'rnd_next'].map(n => `'Handler_read_${n}'`).join()
const readSoFar = async it => +(await it.one(`SELECT SUM(VARIABLE_VALUE) AS n FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME IN (${counters})`)).n

/** Rows that the store reads for what `act` does.  Nothing else may run. */
export async function rowsRead(it, act) {
	const idle = await readSoFar(it), before = await readSoFar(it)
	await act()
	return await readSoFar(it) - before - (before - idle)
}
