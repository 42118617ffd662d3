-- API products (DEL-13 to DEL-15).

-- What a resource may call: as much as one unit of its plan covers, times the quantity.
-- name: api_quota_insert exec
-- in:   resource u64, begin_at instant, end_at instant
INSERT INTO api_quota (buyer_id, product_id, end_at, resource_id, begin_at, total)
SELECT r.buyer_id, r.product_id, :end_at, r.id, :begin_at, l.package_units * r.quantity
  FROM resource r JOIN product p ON p.id = r.product_id AND p.category_code = 'api' JOIN plan l ON l.id = r.plan_id
 WHERE r.id = :resource AND l.package_units > 0

-- name: api_quota_close exec
-- in:   resource u64
UPDATE api_quota SET open = 0 WHERE resource_id = :resource AND open = 1

-- There already: little is left no more.
-- name: api_key_insert exec
-- in:   resource u64, id u64, secret_id str, sealed bytes, now instant
INSERT INTO api_key (buyer_id, product_id, id, secret_id, version, sealed, made_at)
SELECT r.buyer_id, r.product_id, :id, :secret_id, 1, :sealed, :now FROM resource r WHERE r.id = :resource
    ON DUPLICATE KEY UPDATE low = 0

-- The key of what a buyer's own resource calls.
-- name: api_key_lock lock_one
-- in:   buyer u64, resource u64
-- out:  product_id u64, id u64?, version u64?, sealed bytes?
SELECT r.product_id, k.id, k.version, k.sealed
  FROM resource r JOIN product p ON p.id = r.product_id AND p.category_code = 'api'
  LEFT JOIN api_key k ON k.buyer_id = r.buyer_id AND k.product_id = r.product_id
 WHERE r.buyer_id = :buyer AND r.id = :resource AND EXISTS (SELECT 1 FROM api_quota q WHERE q.resource_id = r.id) FOR UPDATE

-- name: api_key_replace exec
-- in:   buyer u64, product u64, version u64, sealed bytes, old_sealed bytes?, old_until instant?, now instant
UPDATE api_key SET version = version + 1, sealed = :sealed, old_sealed = :old_sealed, old_until = :old_until, made_at = :now
 WHERE buyer_id = :buyer AND product_id = :product AND version = :version

-- Who calls what, whether it is the same call again, and what is left now.
-- name: api_caller one
-- in:   secret_id str, dated instant, digest bytes, now instant
-- out:  buyer_id u64, product_id u64, id u64, version u64, sealed bytes, old_sealed bytes?, old_until instant?, low bool, slug str, product_name str, freeze freeze_kind?,
--       request str?, live i64, left_n i64
SELECT k.buyer_id, k.product_id, k.id, k.version, k.sealed, k.old_sealed, k.old_until, k.low, p.slug, p.name AS product_name, o.freeze_kind AS freeze,
       (SELECT c.request FROM api_call c WHERE c.dated_at = :dated AND c.digest = :digest) AS request,
       COALESCE((SELECT COUNT(*) FROM api_quota q WHERE q.buyer_id = k.buyer_id AND q.product_id = k.product_id
                    AND q.open = 1 AND q.begin_at <= :now AND q.end_at > :now), 0) AS live,
       CAST(COALESCE((SELECT SUM(q.total - q.used) FROM api_quota q WHERE q.buyer_id = k.buyer_id AND q.product_id = k.product_id
                    AND q.open = 1 AND q.begin_at <= :now AND q.end_at > :now), 0) AS SIGNED) AS left_n
  FROM api_key k JOIN org o ON o.id = k.buyer_id JOIN product p ON p.id = k.product_id
 WHERE k.secret_id = :secret_id

-- One call, from what ends first.
-- name: api_take exec
-- in:   buyer u64, product u64, now instant
UPDATE api_quota SET used = used + 1
 WHERE buyer_id = :buyer AND product_id = :product AND open = 1 AND begin_at <= :now AND end_at > :now AND used < total
 ORDER BY end_at, resource_id LIMIT 1

-- name: api_call_insert exec
-- in:   dated instant, digest bytes, request str, buyer u64, product u64, day date
INSERT INTO api_call (dated_at, digest, request, buyer_id, product_id, day) VALUES (:dated, :digest, :request, :buyer, :product, :day)

-- name: api_left one
-- in:   buyer u64, product u64, now instant
-- out:  total i64, left_n i64, resource u64?
SELECT CAST(COALESCE(SUM(total), 0) AS SIGNED) AS total, CAST(COALESCE(SUM(total - used), 0) AS SIGNED) AS left_n, MAX(resource_id) AS resource
  FROM api_quota
 WHERE buyer_id = :buyer AND product_id = :product AND open = 1 AND begin_at <= :now AND end_at > :now

-- name: api_key_low exec
-- in:   buyer u64, product u64
UPDATE api_key SET low = 1 WHERE buyer_id = :buyer AND product_id = :product AND low = 0

-- Where a bounded step over old calls ends: the second that so many stand before.
-- name: api_call_bound many
-- in:   before instant
-- out:  dated_at instant
SELECT dated_at FROM api_call WHERE dated_at < :before ORDER BY dated_at LIMIT 1000, 1

-- name: api_call_fold exec
-- in:   before instant
INSERT INTO api_day (buyer_id, product_id, day, calls)
SELECT buyer_id, product_id, day, COUNT(*) FROM api_call WHERE dated_at < :before GROUP BY buyer_id, product_id, day
    ON DUPLICATE KEY UPDATE calls = calls + VALUES(calls)

-- name: api_call_forget exec
-- in:   before instant
DELETE FROM api_call WHERE dated_at < :before

-- What the page of an API shows: the key of a buyer for a product, and how it is called.
-- name: api_show one
-- in:   buyer u64, product u64
-- out:  secret_id str?, version u64?, made_at instant?, old_until instant?, api_doc str?
SELECT k.secret_id, k.version, k.made_at, k.old_until, t.api_doc
  FROM product_text t LEFT JOIN api_key k ON k.product_id = t.product_id AND k.buyer_id = :buyer
 WHERE t.product_id = :product

-- In the order in which they are used.
-- name: api_quota_list many
-- in:   buyer u64, product u64
-- out:  resource_id u64, name str, plan_name str, begin_at instant, end_at instant, total u64, used u64, open bool
SELECT q.resource_id, r.name, r.plan_name, q.begin_at, q.end_at, q.total, q.used, q.open
  FROM api_quota q JOIN resource r ON r.id = q.resource_id
 WHERE q.buyer_id = :buyer AND q.product_id = :product ORDER BY q.end_at, q.resource_id LIMIT 200

-- name: api_day_list many
-- in:   buyer u64, product u64, since date
-- out:  day date, calls i64
SELECT x.day, CAST(COALESCE(SUM(x.calls), 0) AS SIGNED) AS calls
  FROM (SELECT day, calls FROM api_day WHERE buyer_id = :buyer AND product_id = :product AND day >= :since
        UNION ALL
        SELECT day, COUNT(*) FROM api_call WHERE buyer_id = :buyer AND product_id = :product AND day >= :since GROUP BY day) x
 GROUP BY x.day ORDER BY x.day LIMIT 100

-- Whose secret signs a report of usage.
-- name: api_reporter one
-- in:   slug str
-- out:  id u64, webhook_secret bytes?, old_secret bytes?, old_secret_until instant?
SELECT id, webhook_secret, old_secret, old_secret_until FROM product WHERE slug = :slug

-- name: api_reported lock_one
-- in:   secret_id str, product u64, record str
-- out:  buyer_id u64, low bool, product_name str, known bool
SELECT k.buyer_id, k.low, p.name AS product_name, EXISTS (SELECT 1 FROM api_record x WHERE x.product_id = k.product_id AND x.record_id = :record) AS known
  FROM api_key k JOIN product p ON p.id = k.product_id WHERE k.secret_id = :secret_id AND k.product_id = :product

-- What was there to be used at that time, what ends first first.
-- name: api_quota_lock lock_many
-- in:   buyer u64, product u64, at instant
-- out:  resource_id u64, end_at instant, left_n u64
SELECT resource_id, end_at, total - used AS left_n FROM api_quota
 WHERE buyer_id = :buyer AND product_id = :product AND open = 1 AND begin_at <= :at AND end_at > :at AND used < total
 ORDER BY end_at, resource_id LIMIT 100 FOR UPDATE

-- name: api_quota_use exec
-- in:   buyer u64, product u64, end_at instant, resource u64, calls u64
UPDATE api_quota SET used = used + :calls
 WHERE buyer_id = :buyer AND product_id = :product AND end_at = :end_at AND resource_id = :resource AND used + :calls <= total

-- There already: nothing is changed.
-- name: api_record_insert exec
-- in:   product u64, record str, at instant, buyer u64, calls u64
INSERT IGNORE INTO api_record (product_id, record_id, at, buyer_id, calls) VALUES (:product, :record, :at, :buyer, :calls)

-- name: api_day_add exec
-- in:   buyer u64, product u64, day date, calls u64
INSERT INTO api_day (buyer_id, product_id, day, calls) VALUES (:buyer, :product, :day, :calls) ON DUPLICATE KEY UPDATE calls = calls + VALUES(calls)

-- name: api_record_forget exec
-- in:   before instant
DELETE FROM api_record WHERE at < :before LIMIT 1000
