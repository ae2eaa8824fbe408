-- Counts one more try of the key $1 at the moment $2, unless it must still wait. Tries
-- before $3 are forgotten. After $4 tries without success the next one waits the first of
-- the milliseconds $5, after each further one the next of them; the last one stays.
--
-- One statement: of tries at the same moment, each sees those before it. While there is
-- nothing to wait for, `blocked_until` is long ago: clocks of replicas differ a little.
WITH counted AS (
    INSERT INTO auth_throttle AS known (key, failures, blocked_until, seen_at)
    VALUES (
        $1, 1, COALESCE($2 + NULLIF(($5)[2 - $4], 0) * interval '1 millisecond', 'epoch'), $2
    )
    ON CONFLICT (key) DO UPDATE SET
        (failures, blocked_until, seen_at) = (
            SELECT
                tries,
                COALESCE(
                    $2 + NULLIF(($5)[tries - $4 + 1], 0) * interval '1 millisecond', 'epoch'
                ),
                $2
            FROM (SELECT CASE
                WHEN known.seen_at < $3 THEN 1
                ELSE LEAST(known.failures + 1, $4 + cardinality($5) - 1)
            END AS tries) AS counting
        )
    WHERE known.blocked_until <= $2
    RETURNING blocked_until
)
SELECT true AS counted, blocked_until FROM counted
UNION ALL
SELECT false, blocked_until FROM auth_throttle
WHERE key = $1 AND NOT EXISTS (SELECT FROM counted)
