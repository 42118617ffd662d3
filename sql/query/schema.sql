-- Which migrations a schema has seen (src/app/migrate.c makes and fills the table).

-- name: schema_version one
-- out:  version u64
-- scan: a row for each migration
SELECT CAST(COALESCE(MAX(version), 0) AS UNSIGNED) AS version FROM schema_migration WHERE applied_at IS NOT NULL
