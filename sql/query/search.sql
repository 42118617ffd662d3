-- The storefront's lists and search (CAT-12).  product_term holds, for each word and for each filter with each way to sort, its products in order of score;
-- web/storefront/search.c chooses which list is gone along.

-- How long the lists of these terms are; one that is not there is empty.
-- name: term_count_list many
-- in:   total str, t1 str?, t2 str?, t3 str?, t4 str?, t5 str?, t6 str?, t7 str?, t8 str?, t9 str?, t10 str?, t11 str?, t12 str?, t13 str?, t14 str?
-- out:  term str, n u64
SELECT term, n FROM term_count WHERE term IN (:total, :t1, :t2, :t3, :t4, :t5, :t6, :t7, :t8, :t9, :t10, :t11, :t12, :t13, :t14)

-- name: category_count_list many
-- out:  code str, n u64?
-- scan: a few rows, all of them shown
SELECT c.code, k.n FROM category c LEFT JOIN term_count k ON k.term = CONCAT('=c:', c.code, '*best')

-- Of how many products the lowest price lies in whole steps of prices; and between any two, as far as anybody wants to know.
-- name: price_step_count one
-- in:   first str, last str
-- out:  n i64
SELECT CAST(COALESCE(SUM(n), 0) AS SIGNED) AS n FROM term_count WHERE term BETWEEN :first AND :last

-- name: price_count one
-- in:   price_low u64, price_high u64, limit i32
-- out:  n i64
SELECT COUNT(*) AS n
  FROM (SELECT 1 FROM product_term WHERE term = '*price_down' AND score BETWEEN :price_low AND :price_high LIMIT :limit) x

-- The next rows of one list, as far as `chunk`, and of those that are in all the others too what a list shows; the rest has no slug.  They are put in order
-- by who asks: here that would cost as much as all the rest.
-- name: search_walk many
-- in:   source str, low u64, before_score u64, before_id u64, chunk i32, priced bool, price_low u64, price_high u64,
--       t1 str?, t2 str?, t3 str?, t4 str?, t5 str?, t6 str?, t7 str?, t8 str?, t9 str?, t10 str?, t11 str?, t12 str?, t13 str?, t14 str?
-- out:  product_id u64, score u64, slug str?, name str?, summary str?, picture str?, category_code str?, provider_id u64?, provider_name str?, delivery delivery_mode?,
--       price_from money, deals u64?, rating_sum u64?, rating_n u64?
SELECT x.product_id, x.score, p.slug, p.name, p.summary, p.picture, p.category_code, p.provider_id, o.name AS provider_name, p.delivery,
       COALESCE(p.price_from, 0) AS price_from, p.deals, p.rating_sum, p.rating_n
  FROM (SELECT product_id, score FROM product_term
         WHERE term = :source AND score >= :low AND (score < :before_score OR (score = :before_score AND product_id < :before_id))
         ORDER BY score DESC, product_id DESC LIMIT :chunk) x
  LEFT JOIN (product p JOIN org o ON o.id = p.provider_id)
    ON p.id = x.product_id
   [priced? AND EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = '*price_down' AND t.score BETWEEN :price_low AND :price_high)]
   AND (:t1 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t1))
   AND (:t2 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t2))
   AND (:t3 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t3))
   AND (:t4 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t4))
   AND (:t5 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t5))
   AND (:t6 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t6))
   AND (:t7 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t7))
   AND (:t8 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t8))
   AND (:t9 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t9))
   AND (:t10 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t10))
   AND (:t11 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t11))
   AND (:t12 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t12))
   AND (:t13 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t13))
   AND (:t14 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t14))

-- All of a short list, put in the order of another one.
-- name: search_few many
-- in:   source str, low u64, high u64, order str, before_score u64, before_id u64, limit i32, priced bool, price_low u64, price_high u64,
--       t1 str?, t2 str?, t3 str?, t4 str?, t5 str?, t6 str?, t7 str?, t8 str?, t9 str?, t10 str?, t11 str?, t12 str?, t13 str?, t14 str?
-- out:  product_id u64, score u64, slug str, name str, summary str, picture str, category_code str, provider_id u64, provider_name str, delivery delivery_mode,
--       price_from money, deals u64, rating_sum u64, rating_n u64
SELECT y.product_id, y.score, p.slug, p.name, p.summary, p.picture, p.category_code, p.provider_id, o.name AS provider_name, p.delivery,
       COALESCE(p.price_from, 0) AS price_from, p.deals, p.rating_sum, p.rating_n
  FROM (SELECT x.product_id, r.score
          FROM product_term x STRAIGHT_JOIN product_term r FORCE INDEX (product) ON r.product_id = x.product_id AND r.term = :order
         WHERE x.term = :source AND x.score BETWEEN :low AND :high
           AND (r.score < :before_score OR (r.score = :before_score AND r.product_id < :before_id))
   [priced? AND EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = '*price_down' AND t.score BETWEEN :price_low AND :price_high)]
   AND (:t1 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t1))
   AND (:t2 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t2))
   AND (:t3 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t3))
   AND (:t4 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t4))
   AND (:t5 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t5))
   AND (:t6 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t6))
   AND (:t7 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t7))
   AND (:t8 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t8))
   AND (:t9 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t9))
   AND (:t10 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t10))
   AND (:t11 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t11))
   AND (:t12 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t12))
   AND (:t13 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t13))
   AND (:t14 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t14))
         ORDER BY r.score DESC, r.product_id DESC LIMIT :limit) y
  JOIN product p ON p.id = y.product_id
  JOIN org o ON o.id = p.provider_id
 ORDER BY y.score DESC, y.product_id DESC

-- How many of a short list are in all the others too.
-- name: search_count one
-- in:   source str, low u64, high u64, priced bool, price_low u64, price_high u64,
--       t1 str?, t2 str?, t3 str?, t4 str?, t5 str?, t6 str?, t7 str?, t8 str?, t9 str?, t10 str?, t11 str?, t12 str?, t13 str?, t14 str?
-- out:  n i64
SELECT COUNT(*) AS n
  FROM product_term x
 WHERE x.term = :source AND x.score BETWEEN :low AND :high
   [priced? AND EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = '*price_down' AND t.score BETWEEN :price_low AND :price_high)]
   AND (:t1 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t1))
   AND (:t2 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t2))
   AND (:t3 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t3))
   AND (:t4 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t4))
   AND (:t5 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t5))
   AND (:t6 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t6))
   AND (:t7 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t7))
   AND (:t8 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t8))
   AND (:t9 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t9))
   AND (:t10 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t10))
   AND (:t11 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t11))
   AND (:t12 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t12))
   AND (:t13 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t13))
   AND (:t14 IS NULL OR EXISTS (SELECT 1 FROM product_term t FORCE INDEX (product) WHERE t.product_id = x.product_id AND t.term = :t14))

-- What product_index needs and writes.

-- name: product_index_lock lock_one
-- in:   product u64
-- out:  state product_state, name str, summary str, category_code str, provider_id u64, delivery delivery_mode, deals u64, rating_sum u64, rating_n u64, listed_at instant?
SELECT state, name, summary, category_code, provider_id, delivery, deals, rating_sum, rating_n, listed_at FROM product WHERE id = :product FOR UPDATE

-- name: product_index_names lock_one
-- in:   category str, provider u64
-- out:  category_zh str, category_en str, provider str
SELECT c.name_zh AS category_zh, c.name_en AS category_en, o.name AS provider FROM category c JOIN org o ON o.id = :provider WHERE c.code = :category

-- name: product_index_plans lock_many
-- in:   product u64
-- out:  billing_mode billing_mode, trial bool, price money
SELECT l.billing_mode, l.trial,
       COALESCE((SELECT MIN(r.price) FROM plan_price r WHERE r.plan_id = l.id), (SELECT MIN(t.price) FROM plan_tier t WHERE t.plan_id = l.id), 0) AS price
  FROM plan l WHERE l.product_id = :product AND l.on_sale = 1 LIMIT 300

-- name: product_price_set exec
-- in:   product u64, price money
UPDATE product SET price_from = :price WHERE id = :product

-- name: term_count_less exec
-- in:   product u64
UPDATE product_term t JOIN term_count k ON k.term = t.term SET k.n = k.n - 1 WHERE t.product_id = :product

-- name: product_term_forget exec
-- in:   product u64
DELETE FROM product_term WHERE product_id = :product

-- name: product_term_insert bulk
-- in:   term str, score u64, product u64
INSERT INTO product_term (term, score, product_id) VALUES (:term, :score, :product)

-- name: term_count_more exec
-- in:   product u64
INSERT INTO term_count (term, n) SELECT term, 1 FROM product_term WHERE product_id = :product ORDER BY term
    ON DUPLICATE KEY UPDATE n = n + 1

-- Whose place has to be looked at: all listed products, some at a time.
-- name: product_rank_list many
-- in:   after u64, limit i32
-- out:  id u64, deals u64, rating_sum u64, rating_n u64, score u64?
SELECT p.id, p.deals, p.rating_sum, p.rating_n, t.score
  FROM product p LEFT JOIN product_term t ON t.product_id = p.id AND t.term = '*best'
 WHERE p.state = 'listed' AND p.id > :after ORDER BY p.id LIMIT :limit

-- A provider as the storefront shows it.
-- name: provider_show one
-- in:   id u64
-- out:  name str, phone str, email str, created_at instant
SELECT name, phone, email, created_at FROM org WHERE id = :id AND kind = 'provider'
