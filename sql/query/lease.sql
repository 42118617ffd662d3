-- Leases: one instance does each kind of job (IFC-8).  A row in a table works on a cluster where GET_LOCK does not.

-- name: lease_insert exec
-- in:   name str, holder str, until instant
INSERT INTO lease (name, holder, until) VALUES (:name, :holder, :until)

-- name: lease_take exec
-- in:   name str, holder str, now instant, until instant
UPDATE lease SET holder = :holder, until = :until WHERE name = :name AND (holder = :holder OR until < :now)
