-- Pictures of products (CAT-1).

-- name: picture_insert exec
-- in:   id u64, product u64, hash bytes, type picture_type, width u64, height u64, bytes bytes, now instant
INSERT INTO product_picture (id, product_id, hash, type, width, height, bytes, created_at) VALUES (:id, :product, :hash, :type, :width, :height, :bytes, :now)

-- name: picture_find many
-- in:   product u64, hash bytes
-- out:  id u64
SELECT id FROM product_picture WHERE product_id = :product AND hash = :hash LIMIT 1

-- name: picture_count one
-- in:   product u64
-- out:  n i64
SELECT COUNT(*) AS n FROM product_picture WHERE product_id = :product

-- name: picture_size_list many
-- in:   product u64
-- out:  id u64, width u64, height u64
SELECT id, width, height FROM product_picture WHERE product_id = :product LIMIT 200

-- What visitors may see: pictures of the version that sells.
-- name: picture_public one
-- in:   id u64
-- out:  type picture_type, bytes bytes
SELECT type, bytes FROM product_picture WHERE id = :id AND position IS NOT NULL

-- The provider's own, and for approvers (provider not set) anybody's.
-- name: picture_any one
-- in:   id u64, provider u64?
-- out:  type picture_type, bytes bytes
SELECT r.type, r.bytes FROM product_picture r JOIN product p ON p.id = r.product_id WHERE r.id = :id [provider? AND p.provider_id = :provider]
