-- What search engines are told to read (CAT-13): listed products by id.

-- name: sitemap_list many
-- in:   after u64, limit i32
-- out:  id u64, slug str
SELECT id, slug FROM product WHERE state = 'listed' AND id > :after ORDER BY id LIMIT :limit

-- The last product of a part, so that the next one can begin.
-- name: sitemap_end one
-- in:   after u64, skip i32
-- out:  id u64
SELECT id FROM product WHERE state = 'listed' AND id > :after ORDER BY id LIMIT 1 OFFSET :skip
