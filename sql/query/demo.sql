-- The demo marketplace (IFC-11): written again, it is as it was.

-- name: demo_org_put exec
-- in:   id u64, kind org_kind, name str, paying u64?, phone str, email str, discount_pm u64, now instant
INSERT INTO org (id, kind, name, paying_org_id, phone, email, discount_pm, created_at) VALUES (:id, :kind, :name, :paying, :phone, :email, :discount_pm, :now)
    ON DUPLICATE KEY UPDATE name = :name, paying_org_id = :paying, phone = :phone, email = :email, discount_pm = :discount_pm

-- name: demo_counter_put exec
-- in:   org u64
INSERT INTO org_counter (org_id) VALUES (:org) ON DUPLICATE KEY UPDATE org_id = org_id

-- name: demo_person_put exec
-- in:   id u64, user_name str, email str, mobile str, name str, password_hash str, now instant
INSERT INTO person (id, user_name, email, mobile, name, password_hash, created_at) VALUES (:id, :user_name, :email, :mobile, :name, :password_hash, :now)
    ON DUPLICATE KEY UPDATE name = :name, password_hash = :password_hash

-- A person of that name may have been there before, under an id of its own.
-- name: demo_member_put exec
-- in:   email str, org u64, roles u64
INSERT INTO member (person_id, org_id, roles) SELECT p.id, :org, :roles FROM person p WHERE p.email = :email
    ON DUPLICATE KEY UPDATE roles = :roles

-- name: demo_product_put exec
-- in:   id u64, slug str, provider u64, category str, name str, summary str, picture str, delivery delivery_mode, dialect dialect?, webhook_url str, webhook_secret bytes?,
--       agreement_version u64, now instant
INSERT INTO product (id, slug, provider_id, category_code, state, name, summary, picture, delivery, dialect, webhook_url, webhook_secret,
                     agreement_version, listed_at, created_at)
VALUES (:id, :slug, :provider, :category, 'listed', :name, :summary, :picture, :delivery, :dialect, :webhook_url, :webhook_secret,
        :agreement_version, :now, :now)
    ON DUPLICATE KEY UPDATE name = :name, summary = :summary, picture = :picture, webhook_url = :webhook_url, webhook_secret = :webhook_secret

-- Its system answered when it was listed.
-- name: demo_probe_put exec
-- in:   product u64, dialect dialect, webhook_url str, now instant
INSERT INTO product_probe (product_id, dialect, webhook_url, state, asked_at, checked_at, next_at)
VALUES (:product, :dialect, :webhook_url, 'passed', :now, :now, :now + INTERVAL 1 DAY)
    ON DUPLICATE KEY UPDATE webhook_url = VALUES(webhook_url)

-- name: demo_text_put exec
-- in:   product u64, description str, guide str, after_sales str, agreement str, support_phone str, support_email str, api_doc str?
INSERT INTO product_text (product_id, description, guide, after_sales, agreement, support_phone, support_email, api_doc)
VALUES (:product, :description, :guide, :after_sales, :agreement, :support_phone, :support_email, :api_doc)
    ON DUPLICATE KEY UPDATE description = :description, guide = :guide, after_sales = :after_sales, agreement = :agreement,
       support_phone = :support_phone, support_email = :support_email, api_doc = :api_doc

-- name: demo_plan_put bulk
-- in:   product u64, id u64, position u64, name str, summary str, billing_mode billing_mode, unit str, quantity_min u64, quantity_max u64, quantity_step u64,
--       trial bool, separate bool, server bool, usage_name str, package_units u64, begin_later bool, stock u64?
INSERT INTO plan (product_id, id, position, name, summary, billing_mode, unit, quantity_min, quantity_max, quantity_step,
                  trial, separate, server, usage_name, package_units, begin_later, stock)
VALUES (:product, :id, :position, :name, :summary, :billing_mode, :unit, :quantity_min, :quantity_max, :quantity_step,
        :trial, :separate, :server, :usage_name, :package_units, :begin_later, :stock)
    ON DUPLICATE KEY UPDATE position = VALUES(position), name = VALUES(name), summary = VALUES(summary), unit = VALUES(unit), separate = VALUES(separate), server = VALUES(server),
       usage_name = VALUES(usage_name), package_units = VALUES(package_units), begin_later = VALUES(begin_later)

-- name: demo_price_put bulk
-- in:   plan u64, duration_unit time_unit, duration u64, price money
INSERT INTO plan_price (plan_id, duration_unit, duration, price) VALUES (:plan, :duration_unit, :duration, :price)
    ON DUPLICATE KEY UPDATE price = VALUES(price)

-- name: demo_choice_put bulk
-- in:   plan u64, option_code str, code str, position u64, option_name str, name str, effect_fen money, effect_pm i64
INSERT INTO plan_choice (plan_id, option_code, code, position, option_name, name, effect_fen, effect_pm)
VALUES (:plan, :option_code, :code, :position, :option_name, :name, :effect_fen, :effect_pm)
    ON DUPLICATE KEY UPDATE position = VALUES(position), option_name = VALUES(option_name), name = VALUES(name), effect_fen = VALUES(effect_fen), effect_pm = VALUES(effect_pm)

-- name: demo_tier_put bulk
-- in:   plan u64, above u64, price money, per u64
INSERT INTO plan_tier (plan_id, above, price, per) VALUES (:plan, :above, :price, :per) ON DUPLICATE KEY UPDATE price = VALUES(price), per = VALUES(per)

-- name: demo_part_put bulk
-- in:   plan u64, position u64, name str, option_code str?, bound bool
INSERT INTO plan_part (plan_id, position, name, option_code, bound) VALUES (:plan, :position, :name, :option_code, :bound)
    ON DUPLICATE KEY UPDATE name = VALUES(name), option_code = VALUES(option_code), bound = VALUES(bound)

-- name: demo_order_any many
-- out:  id u64
SELECT id FROM orders LIMIT 1

-- Orders and what became of them, many rows in a statement.  Nothing of it goes through the use cases: app/demo_rows.c writes what they would have.

-- name: demo_order_insert bulk
-- in:   id u64, buyer u64, number str, kind order_kind, state order_state, billing_mode billing_mode, category str, product u64, plan u64, provider u64,
--       product_name str, plan_name str, provider_name str, unit str, quantity u64, duration u64, duration_unit time_unit?, list_total money, payable money,
--       paid money, creator u64, payer u64, created_at instant, deadline_at instant?, paid_at instant?, closed_at instant?, refunds u64?
INSERT INTO orders (id, buyer_id, number, kind, state, billing_mode, category_code, product_id, plan_id, provider_id,
                    product_name, plan_name, provider_name, unit, quantity, duration, duration_unit, list_total, payable,
                    paid, creator_id, payer_org_id, created_at, deadline_at, paid_at, closed_at, refunds_id)
VALUES (:id, :buyer, :number, :kind, :state, :billing_mode, :category, :product, :plan, :provider,
        :product_name, :plan_name, :provider_name, :unit, :quantity, :duration, :duration_unit, :list_total, :payable,
        :paid, :creator, :payer, :created_at, :deadline_at, :paid_at, :closed_at, :refunds)

-- name: demo_ordered_plan_fill exec
INSERT IGNORE INTO ordered_plan (buyer_id, plan_id, product_name, plan_name) SELECT DISTINCT buyer_id, plan_id, product_name, plan_name FROM orders

-- name: demo_sold_insert bulk
-- in:   order u64, policy_version u64, agreement u64, plan str, price str, contact str, memo str, creator_name str, options str
INSERT INTO order_sold (order_id, policy_version, product_agreement, platform_agreement, plan, price, contact, memo, creator_name, options)
VALUES (:order, :policy_version, :agreement, :agreement, :plan, :price, :contact, :memo, :creator_name, :options)

-- name: demo_line_insert bulk
-- in:   order u64, line u64, state line_state, amount money, resource u64
INSERT INTO order_line (order_id, line, state, amount, resource_id) VALUES (:order, :line, :state, :amount, :resource)

-- name: demo_resource_insert bulk
-- in:   id u64, buyer u64, state resource_state, delivery delivery_mode, order u64, order_number str, order_line u64, product u64, plan u64, provider u64, name str,
--       product_name str, plan_name str, quantity u64, unit str, sign_id str?, anchor_day u64?, begin_at instant?, end_at instant?, created_at instant
INSERT INTO resource (id, buyer_id, state, delivery, order_id, order_number, order_line, product_id, plan_id, provider_id, name,
                      product_name, plan_name, quantity, unit, sign_id, anchor_day, begin_at, end_at, created_at)
VALUES (:id, :buyer, :state, :delivery, :order, :order_number, :order_line, :product, :plan, :provider, :name,
        :product_name, :plan_name, :quantity, :unit, :sign_id, :anchor_day, :begin_at, :end_at, :created_at)

-- name: demo_payment_insert bulk
-- in:   id u64, number str, org u64, channel payment_channel, state payment_state, amount money, sign_type sign_type, code_url str, transaction_id str?,
--       created_at instant, deadline_at instant, paid_at instant?
INSERT INTO payment (id, number, org_id, channel, state, amount, sign_type, code_url, transaction_id, created_at, deadline_at, paid_at)
VALUES (:id, :number, :org, :channel, :state, :amount, :sign_type, :code_url, :transaction_id, :created_at, :deadline_at, :paid_at)

-- name: demo_pays_insert bulk
-- in:   payment u64, order u64, amount money, returned money
INSERT INTO payment_order (payment_id, order_id, amount, cash, cash_returned) VALUES (:payment, :order, :amount, :amount, :returned)

-- name: demo_notice_insert bulk
-- in:   channel payment_channel, transaction_id str, payment_number str, amount money, raw bytes, received_at instant
INSERT INTO notice (channel, transaction_id, payment_number, amount, outcome, source, raw, received_at)
VALUES (:channel, :transaction_id, :payment_number, :amount, 'applied', 'notification', :raw, :received_at)

-- name: demo_outbox_insert bulk
-- in:   id u64, state outbox_state, resource u64, provider u64, tries u64, next_at instant?, created_at instant, done_at instant?
INSERT INTO outbox (id, kind, state, subject, provider_id, action, tries, next_at, created_at, done_at)
VALUES (:id, 'provision', :state, :resource, :provider, 'create', :tries, :next_at, :created_at, :done_at)

-- name: demo_try_insert bulk
-- in:   outbox u64, try u64, begun_at instant, took_ms u64, status u64, answer str
INSERT INTO outbox_try (outbox_id, try, begun_at, took_ms, status, answer) VALUES (:outbox, :try, :begun_at, :took_ms, :status, :answer)

-- name: demo_counter_add bulk
-- in:   org u64, to_confirm i64, in_review i64, to_pay i64, processing i64, refunding i64, completed i64, cancelled i64, resources i64
INSERT INTO org_counter (org_id, to_confirm, in_review, to_pay, processing, refunding, completed, cancelled, resources)
VALUES (:org, :to_confirm, :in_review, :to_pay, :processing, :refunding, :completed, :cancelled, :resources)
    ON DUPLICATE KEY UPDATE to_confirm = to_confirm + VALUES(to_confirm), in_review = in_review + VALUES(in_review), to_pay = to_pay + VALUES(to_pay),
       processing = processing + VALUES(processing), refunding = refunding + VALUES(refunding), completed = completed + VALUES(completed),
       cancelled = cancelled + VALUES(cancelled), resources = resources + VALUES(resources)

-- name: demo_deal_add exec
-- in:   product u64, deals u64
UPDATE product SET deals = deals + :deals WHERE id = :product

-- A coupon that is there already stays as it is, with its claims.
-- name: demo_coupon_put exec
-- in:   provider u64, id u64, state coupon_state, name str, kind coupon_kind, percent u64, amount money, minimum money, scope coupon_scope, used_for coupon_use,
--       claim_from instant, claim_to instant, valid_from instant?, valid_to instant?, valid_days u64?, total u64, per_buyer u64, claimed u64, now instant, published_at instant?
INSERT INTO coupon (provider_id, id, state, name, kind, percent, amount, minimum, scope, used_for,
                    claim_from, claim_to, valid_from, valid_to, valid_days, total, per_buyer, claimed, created_at, published_at)
VALUES (:provider, :id, :state, :name, :kind, :percent, :amount, :minimum, :scope, :used_for,
        :claim_from, :claim_to, :valid_from, :valid_to, :valid_days, :total, :per_buyer, :claimed, :now, :published_at)
    ON DUPLICATE KEY UPDATE id = id

-- name: demo_coupon_product_put bulk
-- in:   coupon u64, product u64
INSERT INTO coupon_product (coupon_id, product_id) VALUES (:coupon, :product) ON DUPLICATE KEY UPDATE coupon_id = coupon_id

-- name: demo_claim_put bulk
-- in:   buyer u64, id u64, number str, coupon u64, provider u64, valid_from instant, valid_to instant, claimed_at instant
INSERT INTO coupon_claim (buyer_id, id, number, coupon_id, provider_id, nth, state, valid_from, valid_to, claimed_at)
VALUES (:buyer, :id, :number, :coupon, :provider, 1, 'usable', :valid_from, :valid_to, :claimed_at) ON DUPLICATE KEY UPDATE id = id

-- name: demo_manager_put exec
-- in:   org u64, email str
UPDATE org SET account_manager_id = (SELECT p.id FROM person p WHERE p.email = :email) WHERE id = :org

-- name: demo_rule_put exec
-- in:   id u64, category str?, amount_over i64, any_amount bool, enabled bool, note str
INSERT INTO review_rule (id, category_code, amount_over, enabled, note) VALUES (:id, :category, IF(:any_amount, NULL, :amount_over), :enabled, :note)
    ON DUPLICATE KEY UPDATE note = VALUES(note)

-- What the demo's orders come to by day (CAT-11).
-- name: demo_sales_put exec
-- scan: all of the demo's orders
INSERT INTO product_day (provider_id, day, product_id, shard, placed, sold, amount, refunded, refund_amount, delivered, delivery_seconds)
SELECT provider_id, DATE(created_at + INTERVAL 8 HOUR) AS day, product_id, 0 AS shard, SUM(kind <> 'unsubscribe') AS placed,
       SUM(kind <> 'unsubscribe' AND state IN ('processing', 'completed')) AS sold, SUM(IF(kind <> 'unsubscribe' AND state IN ('processing', 'completed'), payable, 0)) AS amount,
       SUM(kind = 'unsubscribe' AND state = 'completed') AS refunded, SUM(IF(kind = 'unsubscribe' AND state = 'completed', payable, 0)) AS refund_amount,
       SUM(kind <> 'unsubscribe' AND state = 'completed') AS delivered,
       SUM(IF(kind <> 'unsubscribe' AND state = 'completed', TIMESTAMPDIFF(SECOND, COALESCE(paid_at, created_at), COALESCE(closed_at, created_at)), 0)) AS delivery_seconds
  FROM orders GROUP BY provider_id, day, product_id
    ON DUPLICATE KEY UPDATE placed = VALUES(placed), sold = VALUES(sold), amount = VALUES(amount), refunded = VALUES(refunded), refund_amount = VALUES(refund_amount),
       delivered = VALUES(delivered), delivery_seconds = VALUES(delivery_seconds)

-- Half of what a buyer uses has tags (CAT-14).
-- name: demo_tag_put exec
-- in:   buyer u64
INSERT IGNORE INTO resource_tag (buyer_id, resource_id, tag, value)
SELECT r.buyer_id, r.id, t.tag, ELT(1 + r.id % 3, t.first, t.second, t.first)
  FROM resource r JOIN (SELECT '环境' AS tag, '生产' AS first, '测试' AS second UNION ALL SELECT '部门', '信息中心', '市场部') t
 WHERE r.buyer_id = :buyer AND r.state = 'in_use' AND r.id % 2 = 0

-- name: demo_account_add bulk
-- in:   owner u64, kind account_kind, shard u64, amount money
-- out:  balance money, last_place u64
INSERT INTO account (owner, kind, shard, balance) VALUES (:owner, :kind, :shard, :amount)
    ON DUPLICATE KEY UPDATE balance = balance + VALUES(balance) RETURNING balance, last_place

-- name: demo_account_place bulk
-- in:   owner u64, kind account_kind, place u64
INSERT INTO account (owner, kind, shard, balance, last_place) VALUES (:owner, :kind, 0, 0, :place) ON DUPLICATE KEY UPDATE last_place = VALUES(last_place)

-- What the demo's entries come to by month (MON-14).
-- name: demo_bill_put exec
-- scan: all of the demo's entries
INSERT INTO bill_sum (org_id, month, buyer_id, product_id, cash, gift, voucher, card)
SELECT s.org_id, s.month, s.buyer_id, s.product_id, s.cash, s.gift, s.voucher, s.card
  FROM (SELECT x.org_id, x.month, IF(k.n = 2, x.buyer_id, 0) AS buyer_id, IF(k.n = 1, x.product_id, 0) AS product_id, SUM(x.cash) AS cash, SUM(x.gift) AS gift, SUM(x.voucher) AS voucher, SUM(x.card) AS card
	  FROM (SELECT j.org_id, CAST(DATE_FORMAT(j.booked_at + INTERVAL 8 HOUR, '%Y-%m-01') AS DATE) AS month, o.buyer_id, o.product_id,
		       IF(p.kind = 'cash', -p.amount, 0) AS cash, IF(p.kind = 'gift', -p.amount, 0) AS gift, IF(p.kind = 'voucher', -p.amount, 0) AS voucher, IF(p.kind = 'card', -p.amount, 0) AS card
		  FROM journal j JOIN posting p ON p.journal_id = j.id AND p.owner = j.org_id AND p.kind IN ('cash', 'gift', 'voucher', 'card') JOIN orders o ON o.id = j.order_id
		 WHERE j.kind IN ('order_pay', 'order_refund')) x
	  JOIN (SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2) k
	 GROUP BY 1, 2, 3, 4) s
    ON DUPLICATE KEY UPDATE cash = VALUES(cash), gift = VALUES(gift), voucher = VALUES(voucher), card = VALUES(card)

-- What was bought of APIs may be called (DEL-13).
-- name: demo_api_quota_put exec
-- scan: all of the demo's resources
INSERT IGNORE INTO api_quota (buyer_id, product_id, end_at, resource_id, begin_at, total, open)
SELECT r.buyer_id, r.product_id, COALESCE(r.end_at, '9999-01-01'), r.id, r.begin_at, l.package_units * r.quantity, r.state IN ('in_use', 'expired')
  FROM resource r JOIN product p ON p.id = r.product_id AND p.category_code = 'api' JOIN plan l ON l.id = r.plan_id
 WHERE r.begin_at IS NOT NULL AND r.main_id IS NULL AND l.package_units > 0

-- Of products that were not called yet.
-- name: demo_api_quota_list many
-- in:   buyer u64
-- out:  product_id u64, resource_id u64, begin_at instant, total u64
SELECT q.product_id, q.resource_id, q.begin_at, q.total
  FROM api_quota q
 WHERE q.buyer_id = :buyer AND q.open = 1
   AND NOT EXISTS (SELECT 1 FROM api_quota u WHERE u.buyer_id = q.buyer_id AND u.product_id = q.product_id AND u.used > 0)
 ORDER BY q.product_id, q.end_at

-- name: demo_api_use exec
-- in:   resource u64, used u64
UPDATE api_quota SET used = :used WHERE resource_id = :resource

-- name: demo_api_day_put bulk
-- in:   buyer u64, product u64, day date, calls u64
INSERT INTO api_day (buyer_id, product_id, day, calls) VALUES (:buyer, :product, :day, :calls)

-- What the owners were told of the latest orders; what is older than that instant they have read.
-- name: demo_message_put exec
-- scan: a few people and their orders
-- in:   roles u64, since instant, read_before instant
INSERT IGNORE INTO message (person_id, id, org_id, event, topic, link, number, subject, amount, why, read_at)
SELECT m.person_id, o.id + g.kind, m.org_id, IF(g.kind = 'buyer', 'order_completed', 'order_sold'), 'orders',
       CONCAT(IF(g.kind = 'buyer', '/console/orders/', '/provider/orders/'), o.number), o.number, o.product_name, o.payable, '',
       IF(o.created_at < :read_before, o.created_at + INTERVAL 1 HOUR, NULL)
  FROM person p
  JOIN member m ON m.person_id = p.id AND m.roles & :roles
  JOIN org g ON g.id = m.org_id AND g.kind IN ('buyer', 'provider')
  JOIN orders o ON IF(g.kind = 'buyer', o.buyer_id, o.provider_id) = m.org_id
 WHERE o.state = 'completed' AND o.kind = 'purchase' AND o.created_at > :since
 ORDER BY o.id DESC LIMIT 100

-- name: demo_inbox_put exec
-- scan: the messages above
INSERT INTO inbox (person_id, org_id, unread)
SELECT person_id, org_id, COUNT(*) FROM message WHERE read_at IS NULL GROUP BY person_id, org_id ON DUPLICATE KEY UPDATE unread = VALUES(unread)

-- The e-mail of one of them never got through.
-- name: demo_letter_put exec
-- scan: one of the messages above
INSERT IGNORE INTO outbox (id, kind, state, subject, action, tries, created_at, done_at)
SELECT m.id, 'notify', 'failed', m.id, 'email', 1, m.read_at, m.read_at FROM message m WHERE m.event = 'order_sold' AND m.read_at IS NOT NULL ORDER BY m.id DESC LIMIT 1

-- name: demo_letter_try exec
-- scan: the letter above
INSERT IGNORE INTO outbox_try (outbox_id, try, begun_at, took_ms, status, answer)
SELECT b.id, 1, b.created_at, 240, 552, '552 5.2.2 mailbox full' FROM outbox b WHERE b.kind = 'notify' AND b.state = 'failed'

-- name: demo_bank_case one
-- in:   account str, reference str
-- out:  case_id u64?
SELECT case_id FROM bank_entry WHERE account = :account AND reference = :reference
