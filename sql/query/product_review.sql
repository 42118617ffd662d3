-- Versions of products that wait for an approver (CAT-9).

-- What waits longest on top.
-- name: product_review_list many
-- in:   after_at instant?, after_id u64, limit i32
-- out:  product_id u64, version u64, name str, slug str, sells u64, category_zh str, category_en str, delivery delivery_mode, provider_id u64, provider_name str, submitted_at instant, submitted_by str?
SELECT v.product_id, v.version, p.name, p.slug, p.version AS sells, c.name_zh AS category_zh, c.name_en AS category_en, p.delivery, p.provider_id, o.name AS provider_name,
       COALESCE(v.submitted_at, v.created_at) AS submitted_at, s.name AS submitted_by
  FROM product_version v
  JOIN product p ON p.id = v.product_id
  JOIN org o ON o.id = p.provider_id
  JOIN category c ON c.code = p.category_code
  LEFT JOIN person s ON s.id = v.submitted_by
 WHERE v.state = 'submitted'
 [after_at? AND (v.submitted_at > :after_at OR (v.submitted_at = :after_at AND v.product_id > :after_id))]
 ORDER BY v.submitted_at, v.product_id LIMIT :limit

-- name: product_review_show one
-- in:   product u64, version u64
-- out:  name str, slug str, state product_state, sells u64, category_zh str, category_en str, provider_id u64, provider_name str, provider_freeze freeze_kind?,
--       version_state version_state, submitted_at instant?, submitted_by u64?, submitter str?, decided_at instant?, decider str?, reason str
SELECT p.name, p.slug, p.state, p.version AS sells, c.name_zh AS category_zh, c.name_en AS category_en, p.provider_id, o.name AS provider_name, o.freeze_kind AS provider_freeze,
       v.state AS version_state, v.submitted_at, v.submitted_by, s.name AS submitter, v.decided_at, d.name AS decider, v.reason
  FROM product_version v
  JOIN product p ON p.id = v.product_id
  JOIN org o ON o.id = p.provider_id
  JOIN category c ON c.code = p.category_code
  LEFT JOIN person s ON s.id = v.submitted_by
  LEFT JOIN person d ON d.id = v.decided_by
 WHERE v.product_id = :product AND v.version = :version
