-- The secret that a product's system and the platform share (PRV-2 to PRV-4).

-- name: product_secret_show one
-- in:   provider u64, id u64
-- out:  name str, secret bool, old_until instant?, edited bool
SELECT name, webhook_secret IS NOT NULL AS secret, old_secret_until AS old_until, edit_version IS NOT NULL AS edited FROM product WHERE id = :id AND provider_id = :provider

-- The one before lives until then; a still older one ends.
-- name: product_secret_set exec
-- in:   id u64, secret bytes, until instant?
UPDATE product SET old_secret = IF(:until IS NULL, NULL, webhook_secret), old_secret_until = IF(webhook_secret IS NULL, NULL, :until), webhook_secret = :secret WHERE id = :id

-- name: product_secret_end exec
-- in:   id u64
UPDATE product SET old_secret = NULL, old_secret_until = NULL WHERE id = :id AND old_secret IS NOT NULL
