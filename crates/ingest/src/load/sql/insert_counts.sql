-- Counts in {table} for the days, in Seoul, that have none yet. OFFSET 0 makes PostgreSQL look
-- each day up; otherwise it reads the whole table.
INSERT INTO {table} ({owner}_idx, {columns}, check_time)
SELECT k.idx, {columns}, s.check_time
FROM staged_{table} s
JOIN known_{owner} k ON k.place = s.{owner}_place
CROSS JOIN LATERAL (
    SELECT date_trunc('day', s.check_time, 'Asia/Seoul') AS start
) day
WHERE k.fresh
    OR NOT EXISTS (
        SELECT FROM {table} x
        WHERE x.{owner}_idx = k.idx
            AND x.check_time >= day.start
            AND x.check_time < day.start + interval '24 hours'
        OFFSET 0
    )
ORDER BY s.place;
