-- What became of the demo's deliveries (DEL-5 to DEL-12).

-- name: demo_delivery_insert bulk
-- in:   buyer u64, id u64, number str, state delivery_state, provider u64, order u64, order_number str, resource u64, product u64, product_name str, plan_name str,
--       step_since instant, created_at instant, ended_at instant?
INSERT INTO delivery (buyer_id, id, number, state, version, provider_id, order_id, order_number, resource_id, product_id, product_name, plan_name, mode, step_since, created_at, ended_at)
VALUES (:buyer, :id, :number, :state, 1, :provider, :order, :order_number, :resource, :product, :product_name, :plan_name, 'manual', :step_since, :created_at, :ended_at)

-- The older, the farther: version 1 to 5 is the step; the oldest are with the mediator.
-- name: demo_delivery_step exec
-- scan: all of the demo's deliveries
-- in:   now instant
UPDATE delivery d
   SET d.version = 1 + (d.created_at < :now - INTERVAL 12 HOUR) + (d.created_at < :now - INTERVAL 48 HOUR) + (d.created_at < :now - INTERVAL 108 HOUR) + (d.created_at < :now - INTERVAL 228 HOUR),
       d.state = ELT(d.version, 'awaiting_requirement', 'awaiting_confirmation', 'in_implementation', 'awaiting_acceptance', 'in_implementation'),
       d.step_since = d.created_at + INTERVAL TIMESTAMPDIFF(SECOND, d.created_at, :now) * ELT(d.version, 0, 10, 20, 60, 20) DIV 100 SECOND,
       d.due_at = d.step_since + INTERVAL ELT(d.version, NULL, 5, 5, 30, 5) DAY,
       d.alarm_at = d.due_at - INTERVAL ELT(d.version, NULL, 0, 0, 7, NULL) DAY,
       d.hold = IF(d.version = 5, 'appeal', NULL),
       d.held_at = IF(d.version = 5, d.created_at + INTERVAL TIMESTAMPDIFF(SECOND, d.created_at, :now) * 80 DIV 100 SECOND, NULL)
 WHERE d.state = 'awaiting_requirement' AND d.version = 1 AND NOT EXISTS (SELECT 1 FROM delivery_round r WHERE r.delivery_id = d.id)

-- name: demo_appeal_put exec
-- scan: all of the demo's deliveries
INSERT IGNORE INTO appeal (id, number, state, delivery_id, delivery_number, buyer_id, provider_id, order_id, order_number, resource_id, product_name, side, ground)
SELECT d.id + (TIMESTAMPDIFF(MICROSECOND, d.created_at, d.held_at) << 13), CONCAT('A', SUBSTRING(d.number, 2)), 'open', d.id, d.number, d.buyer_id, d.provider_id, d.order_id, d.order_number, d.resource_id, d.product_name, 'buyer', 'provider_late'
  FROM delivery d WHERE d.hold = 'appeal' AND NOT EXISTS (SELECT 1 FROM appeal a WHERE a.delivery_id = d.id)

-- Of those that took long, the latest went on by a mediator's word.
-- name: demo_appeal_decided exec
-- scan: all of the demo's deliveries
INSERT INTO appeal (id, number, state, delivery_id, delivery_number, buyer_id, provider_id, order_id, order_number, resource_id, product_name, side, ground, decision, decided_name, ended_at)
SELECT d.id + (TIMESTAMPDIFF(MICROSECOND, d.created_at, d.ended_at) * 8 DIV 10 << 13), CONCAT('A', SUBSTRING(d.number, 2)), 'decided', d.id, d.number, d.buyer_id, d.provider_id, d.order_id, d.order_number,
       d.resource_id, d.product_name, 'buyer', 'provider_late', 'continue', p.name, d.created_at + INTERVAL TIMESTAMPDIFF(SECOND, d.created_at, d.ended_at) * 0.85 SECOND
  FROM delivery d JOIN person p ON p.email = 'mediator@demo.test'
 WHERE d.state = 'completed' AND d.ended_at > d.created_at + INTERVAL 7 DAY + INTERVAL 12 HOUR AND NOT EXISTS (SELECT 1 FROM delivery_round r WHERE r.delivery_id = d.id)
 ORDER BY d.id DESC LIMIT 1

-- Each event at its part of the time from the beginning to the end, or to now.
-- name: demo_round_put exec
-- scan: all of the demo's deliveries
-- in:   now instant
INSERT INTO delivery_round (delivery_id, id, event, side, person_name, text)
SELECT d.id, d.id + (TIMESTAMPDIFF(MICROSECOND, d.created_at, COALESCE(d.ended_at, :now)) * (e.percent + IF(e.event = 'submit' AND a.state = 'decided', 30, 0)) DIV 100 << 13), e.event, e.side,
       CASE e.side WHEN 'platform' THEN a.decided_name
		   WHEN 'buyer' THEN (SELECT s.creator_name FROM order_sold s WHERE s.order_id = d.order_id)
		   WHEN 'provider' THEN COALESCE((SELECT p.name FROM member m JOIN person p ON p.id = m.person_id WHERE m.org_id = d.provider_id ORDER BY p.id LIMIT 1), v.name)
		   ELSE 'system' END, e.text
  FROM delivery d JOIN org v ON v.id = d.provider_id LEFT JOIN appeal a ON a.delivery_id = d.id
  JOIN (SELECT 0 AS percent, 1 AS step, 'open' AS event, NULL AS side, '' AS text
	UNION ALL SELECT 10, 2, 'require', 'buyer', '请按采购清单在生产环境实施，交付部署文档，并培训两名管理员。清单见附件。'
	UNION ALL SELECT 20, 3, 'confirm', 'provider', ''
	UNION ALL SELECT 30, 3, 'report', 'provider', '环境已就绪，正在导入基础数据。'
	UNION ALL SELECT 60, 4, 'submit', 'provider', '部署与培训已完成，部署文档已移交，请按清单逐项验收。'
	UNION ALL SELECT 80, 0, 'freeze', 'buyer', '确认需求已超过五天，迟迟没有进展，也联系不上实施人员。'
	UNION ALL SELECT 85, 0, 'resume', 'platform', '已与双方核实：数据接口由买家提供得晚。服务商承诺三日内完成，请继续交付。'
	UNION ALL SELECT 100, 5, 'accept', 'buyer', '逐项核对无误，验收通过。') e
    ON IF(e.step, e.step <= FIELD(d.state, 'awaiting_requirement', 'awaiting_confirmation', 'in_implementation', 'awaiting_acceptance', 'completed'), IF(e.event = 'freeze', a.id IS NOT NULL, a.state = 'decided'))
 WHERE NOT EXISTS (SELECT 1 FROM delivery_round r WHERE r.delivery_id = d.id)

-- name: demo_appeal_note_put exec
-- scan: the demo's few appeals
INSERT INTO appeal_note (appeal_id, id, delivery_id, event, side, person_name, text)
SELECT a.id, r.id, a.delivery_id, IF(r.event = 'freeze', 'open', 'decide'), r.side, r.person_name, r.text
  FROM appeal a JOIN delivery_round r ON r.delivery_id = a.delivery_id AND r.event IN ('freeze', 'resume')
 WHERE NOT EXISTS (SELECT 1 FROM appeal_note n WHERE n.delivery_id = a.delivery_id)

-- The list that the requirement speaks of, where work goes on.
-- name: demo_attachment_put exec
-- scan: the demo's open deliveries
-- in:   text str
INSERT INTO attachment (id, person_id, org_id, name, type, size, hash, owner_kind, owner_id, thread_id, buyer_id, provider_id, created_at)
SELECT r.id, o.creator_id, d.buyer_id, '采购清单.txt', 'text', LENGTH(:text), UNHEX(SHA2(:text, 256)), 'round', r.id, d.id, d.buyer_id, d.provider_id, d.created_at
  FROM delivery d JOIN delivery_round r ON r.delivery_id = d.id AND r.event = 'require' JOIN orders o ON o.buyer_id = d.buyer_id AND o.id = d.order_id
 WHERE d.state <> 'completed' AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.thread_id = d.id)

-- name: demo_attachment_piece_put exec
-- scan: the demo's few attachments
-- in:   text str
INSERT INTO attachment_piece (attachment_id, nth, bytes)
SELECT a.id, 0, :text FROM attachment a
 WHERE a.name = '采购清单.txt' AND NOT EXISTS (SELECT 1 FROM attachment_piece p WHERE p.attachment_id = a.id)

-- name: demo_delivery_count exec
-- scan: all of the demo's deliveries
INSERT INTO delivery_counter (org_id, state, n)
SELECT buyer_id, state, COUNT(*) FROM delivery GROUP BY buyer_id, state UNION ALL SELECT provider_id, state, COUNT(*) FROM delivery GROUP BY provider_id, state
    ON DUPLICATE KEY UPDATE n = VALUES(n)
