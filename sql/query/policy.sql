-- Categories and the versions of their policies (CAT-2).  A version is never changed; orders keep the one that they were sold under.

-- name: policy_category_list many
-- out:  id u64, code str, position u64, name_zh str, name_en str, version u64, delivery delivery_policy, supervised supervision, refund refund_policy, commission_pm u64
-- scan: a few rows, all of them shown
SELECT c.id, c.code, c.position, c.name_zh, c.name_en, c.policy_version AS version, y.delivery, y.supervised, y.refund, y.commission_pm
  FROM category c JOIN category_policy y ON y.category_code = c.code AND y.version = c.policy_version
 ORDER BY c.position, c.code

-- name: policy_category one
-- in:   code str
-- out:  id u64, code str, position u64, name_zh str, name_en str, policy_version u64
SELECT id, code, position, name_zh, name_en, policy_version FROM category WHERE code = :code

-- name: policy_category_lock lock_one
-- in:   code str
-- out:  id u64, code str, position u64, name_zh str, name_en str, policy_version u64
SELECT id, code, position, name_zh, name_en, policy_version FROM category WHERE code = :code FOR UPDATE

-- The latest versions, the newest first.
-- name: policy_list many
-- in:   code str
-- out:  version u64, delivery delivery_policy, supervised supervision, refund refund_policy, refund_to refund_target, channels str, period_end period_end, contract bool,
--       auto_renewal bool, renewal_refundable bool, requirement_form bool, grace_days u64, recycle_days u64, commission_pm u64, tax_pm u64, author str, why str, created_at instant
SELECT version, delivery, supervised, refund, refund_to, channels, period_end, contract,
       auto_renewal, renewal_refundable, requirement_form, grace_days, recycle_days, commission_pm, tax_pm, author, why, created_at
  FROM category_policy WHERE category_code = :code ORDER BY version DESC LIMIT 200

-- name: policy_show one
-- in:   code str, version u64
-- out:  delivery delivery_policy, supervised supervision, refund refund_policy, refund_to refund_target, channels str, period_end period_end, contract bool,
--       auto_renewal bool, renewal_refundable bool, requirement_form bool, grace_days u64, recycle_days u64, commission_pm u64, tax_pm u64
SELECT delivery, supervised, refund, refund_to, channels, period_end, contract, auto_renewal, renewal_refundable, requirement_form, grace_days, recycle_days, commission_pm, tax_pm
  FROM category_policy WHERE category_code = :code AND version = :version

-- name: policy_insert exec
-- in:   code str, version u64, delivery delivery_policy, supervised supervision, refund refund_policy, refund_to refund_target, channels str, period_end period_end, contract bool,
--       auto_renewal bool, renewal_refundable bool, requirement_form bool, grace_days u64, recycle_days u64, commission_pm u64, tax_pm u64, author str, why str, now instant
INSERT INTO category_policy (category_code, version, delivery, supervised, refund, refund_to, channels, period_end, contract,
                             auto_renewal, renewal_refundable, requirement_form, grace_days, recycle_days, commission_pm, tax_pm, author, why, created_at)
VALUES (:code, :version, :delivery, :supervised, :refund, :refund_to, :channels, :period_end, :contract,
        :auto_renewal, :renewal_refundable, :requirement_form, :grace_days, :recycle_days, :commission_pm, :tax_pm, :author, :why, :now)

-- name: policy_category_version exec
-- in:   code str, version u64
UPDATE category SET policy_version = :version WHERE code = :code

-- name: policy_category_name exec
-- in:   code str, name_zh str, name_en str, position u64
UPDATE category SET name_zh = :name_zh, name_en = :name_en, position = :position WHERE code = :code
