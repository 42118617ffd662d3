-- Organisations as the operators see them: freezes (ACC-15), account managers (ORD-9).

-- name: org_list many
-- in:   before u64, kind org_kind?, freeze freeze_kind?, frozen bool, manager u64?, like str?, id u64?, limit i32
-- out:  id u64, kind org_kind, name str, phone str, email str, freeze_kind freeze_kind?, freeze_reason str, manager_name str?, created_at instant, completed i64, resources i64
SELECT o.id, o.kind, o.name, o.phone, o.email, o.freeze_kind, o.freeze_reason, m.name AS manager_name, o.created_at, c.completed, c.resources
  FROM org o JOIN org_counter c ON c.org_id = o.id LEFT JOIN person m ON m.id = o.account_manager_id
 WHERE o.id < :before
 [kind? AND o.kind = :kind]
 [freeze? AND o.freeze_kind = :freeze]
 [frozen? AND o.freeze_kind IS NOT NULL]
 [manager? AND o.account_manager_id = :manager]
 [like? AND o.name LIKE :like]
 [id? AND o.id = :id]
 ORDER BY o.id DESC LIMIT :limit

-- name: org_page one
-- in:   id u64
-- out:  id u64, kind org_kind, name str, phone str, email str, freeze_kind freeze_kind?, freeze_reason str, manager_id u64?, manager_name str?, paying_name str?, created_at instant,
--       discount_pm u64, completed i64, open_orders i64, resources i64
SELECT o.id, o.kind, o.name, o.phone, o.email, o.freeze_kind, o.freeze_reason, o.account_manager_id AS manager_id, m.name AS manager_name, y.name AS paying_name, o.created_at,
       o.discount_pm, c.completed, CAST(c.to_confirm + c.in_review + c.to_pay + c.processing + c.refunding AS SIGNED) AS open_orders, c.resources
  FROM org o JOIN org_counter c ON c.org_id = o.id LEFT JOIN person m ON m.id = o.account_manager_id LEFT JOIN org y ON y.id = o.paying_org_id
 WHERE o.id = :id

-- name: org_lock lock_one
-- in:   id u64
-- out:  kind org_kind, freeze_kind freeze_kind?, freeze_reason str, manager_id u64?
SELECT kind, freeze_kind, freeze_reason, account_manager_id AS manager_id FROM org WHERE id = :id FOR UPDATE

-- name: org_freeze exec
-- in:   id u64, freeze freeze_kind?, reason str
UPDATE org SET freeze_kind = :freeze, freeze_reason = :reason WHERE id = :id

-- name: org_manager exec
-- in:   id u64, manager u64?
UPDATE org SET account_manager_id = :manager WHERE id = :id

-- Those who may look after customers: members of the platform with the role.
-- name: org_managers many
-- in:   role u64
-- out:  id u64, name str
SELECT p.id, p.name
  FROM org o JOIN member m ON m.org_id = o.id JOIN person p ON p.id = m.person_id
 WHERE o.kind = 'platform' AND m.roles & :role <> 0
 GROUP BY p.id, p.name ORDER BY p.id LIMIT 200

-- An account manager's customer; of the administrators, any (ORD-9).
-- name: customer one
-- in:   id u64, manager u64?
-- out:  id u64, name str, phone str, email str, freeze_kind freeze_kind?, freeze_reason str, discount_pm u64, to_confirm i64, in_review i64, to_pay i64, processing i64
SELECT o.id, o.name, o.phone, o.email, o.freeze_kind, o.freeze_reason, o.discount_pm, c.to_confirm, c.in_review, c.to_pay, c.processing
  FROM org o JOIN org_counter c ON c.org_id = o.id
 WHERE o.id = :id AND o.kind = 'buyer'
 [manager? AND o.account_manager_id = :manager]
