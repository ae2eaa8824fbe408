-- Inserts counts into {table} for the days in Seoul without one. OFFSET 0 forces an index lookup
-- per day instead of a scan of the table.
INSERT INTO {table} ({owner}_idx, {columns}, check_time)
SELECT k.idx, {columns}, s.check_time
FROM staged_{table} s
JOIN known_{owner} k ON k.index = s.{owner}_index
CROSS JOIN LATERAL (
    SELECT date_trunc('day', s.check_time, 'Asia/Seoul') AS start
) day
WHERE k.is_new
    OR NOT EXISTS (
        SELECT FROM {table} x
        WHERE x.{owner}_idx = k.idx
            AND x.check_time >= day.start
            AND x.check_time < day.start + interval '24 hours'
        OFFSET 0
    )
ORDER BY s.index;
