-- refuse: more than 6 inputs choose fragments

-- name: a many
-- in:   a u64?, b u64?, c u64?, d u64?, e u64?, f u64?, g u64?
-- out:  id u64
SELECT id FROM t WHERE 1
 [a? AND a = :a] [b? AND b = :b] [c? AND c = :c] [d? AND d = :d] [e? AND e = :e] [f? AND f = :f] [g? AND g = :g]
