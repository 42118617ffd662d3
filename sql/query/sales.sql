-- What is sold, by day (CAT-11).

-- name: sales_add exec
-- in:   provider u64, day date, product u64, shard u64, placed i64, sold i64, amount money, refunded i64, refund_amount money
INSERT INTO product_day (provider_id, day, product_id, shard, placed, sold, amount, refunded, refund_amount)
VALUES (:provider, :day, :product, :shard, :placed, :sold, :amount, :refunded, :refund_amount)
    ON DUPLICATE KEY UPDATE placed = placed + :placed, sold = sold + :sold, amount = amount + :amount, refunded = refunded + :refunded, refund_amount = refund_amount + :refund_amount

-- How long it took from its payment to its completion.
-- name: sales_delivered exec
-- in:   provider u64, day date, product u64, shard u64, buyer u64, order u64, now instant
INSERT INTO product_day (provider_id, day, product_id, shard, delivered, delivery_seconds)
SELECT :provider, :day, :product, :shard, 1, GREATEST(TIMESTAMPDIFF(SECOND, COALESCE(o.paid_at, o.created_at), :now), 0) FROM orders o WHERE o.buyer_id = :buyer AND o.id = :order
    ON DUPLICATE KEY UPDATE delivered = delivered + 1, delivery_seconds = delivery_seconds + VALUES(delivery_seconds)

-- name: sales_days many
-- in:   provider u64, from date, to date
-- out:  day date, sold i64, amount money
SELECT day, CAST(COALESCE(SUM(sold), 0) AS SIGNED) AS sold, CAST(COALESCE(SUM(amount), 0) AS SIGNED) AS amount
  FROM product_day WHERE provider_id = :provider AND day BETWEEN :from AND :to
 GROUP BY day ORDER BY day LIMIT 400

-- name: sales_products many
-- in:   provider u64, from date, to date, limit i32
-- out:  product_id u64, name str, slug str, rating_sum u64, rating_n u64, placed i64, sold i64, amount money, refunded i64, refund_amount money, delivered i64, delivery_seconds i64
SELECT p.id AS product_id, p.name, p.slug, p.rating_sum, p.rating_n, s.placed, s.sold, s.amount, s.refunded, s.refund_amount, s.delivered, s.delivery_seconds
  FROM (SELECT product_id, CAST(COALESCE(SUM(placed), 0) AS SIGNED) AS placed, CAST(COALESCE(SUM(sold), 0) AS SIGNED) AS sold, CAST(COALESCE(SUM(amount), 0) AS SIGNED) AS amount, CAST(COALESCE(SUM(refunded), 0) AS SIGNED) AS refunded,
               CAST(COALESCE(SUM(refund_amount), 0) AS SIGNED) AS refund_amount, CAST(COALESCE(SUM(delivered), 0) AS SIGNED) AS delivered, CAST(COALESCE(SUM(delivery_seconds), 0) AS SIGNED) AS delivery_seconds
          FROM product_day WHERE provider_id = :provider AND day BETWEEN :from AND :to GROUP BY product_id) s
  JOIN product p ON p.id = s.product_id
 ORDER BY s.amount DESC, s.product_id LIMIT :limit
