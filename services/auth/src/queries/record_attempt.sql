-- Records an attempt of the key $1 at the time $2, unless the key is blocked. Attempts before $3
-- have expired. After $4 attempts the key is blocked for the first of the delays $5
-- (milliseconds), after each further attempt for the next delay, finally for the last one.
-- If $6 is false, the attempt counts only if the limit $4 is already reached.
--
-- A single statement, so that concurrent attempts cannot exceed the limit. `blocked_until` of a
-- key that is not blocked is the epoch: the clocks of replicas differ slightly.
WITH recorded AS (
    INSERT INTO auth_throttle AS existing (key, failures, blocked_until, seen_at)
    VALUES (
        $1,
        ($6 OR $4 <= 0)::integer,
        COALESCE(
            $2 + NULLIF(($5)[($6 OR $4 <= 0)::integer - $4 + 1], 0) * interval '1 millisecond',
            'epoch'
        ),
        $2
    )
    ON CONFLICT (key) DO UPDATE SET
        (failures, blocked_until, seen_at) = (
            SELECT
                attempts,
                COALESCE(
                    $2 + NULLIF(($5)[attempts - $4 + 1], 0) * interval '1 millisecond', 'epoch'
                ),
                $2
            FROM (SELECT CASE
                WHEN existing.seen_at < $3 THEN ($6 OR $4 <= 0)::integer
                WHEN $6 OR existing.failures >= $4
                    THEN LEAST(existing.failures + 1, $4 + cardinality($5) - 1)
                ELSE existing.failures
            END AS attempts) AS counting
        )
    WHERE existing.blocked_until <= $2
    RETURNING failures, blocked_until
)
SELECT true AS recorded, failures, blocked_until FROM recorded
UNION ALL
SELECT false, failures, blocked_until FROM auth_throttle
WHERE key = $1 AND NOT EXISTS (SELECT FROM recorded)
