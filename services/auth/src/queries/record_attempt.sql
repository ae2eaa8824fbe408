-- Records one more attempt of the key $1 at the moment $2, unless the key is blocked.
-- Attempts before $3 have expired. After $4 attempts the key is blocked for the first of the
-- milliseconds $5, after each further one for the next of them, then for the last one.
-- Where $6 is false the attempt counts only if the limit $4 has been reached already.
--
-- One statement, so that concurrent attempts see each other. A key that is not blocked has a
-- `blocked_until` long ago: clocks of replicas differ a little.
WITH recorded AS (
    INSERT INTO auth_throttle AS known (key, failures, blocked_until, seen_at)
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
                WHEN known.seen_at < $3 THEN ($6 OR $4 <= 0)::integer
                WHEN $6 OR known.failures >= $4
                    THEN LEAST(known.failures + 1, $4 + cardinality($5) - 1)
                ELSE known.failures
            END AS attempts) AS counting
        )
    WHERE known.blocked_until <= $2
    RETURNING failures, blocked_until
)
SELECT true AS recorded, failures, blocked_until FROM recorded
UNION ALL
SELECT false, failures, blocked_until FROM auth_throttle
WHERE key = $1 AND NOT EXISTS (SELECT FROM recorded)
