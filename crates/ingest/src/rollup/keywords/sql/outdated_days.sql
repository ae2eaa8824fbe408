-- Days of videos that changed and are not counted yet, and days that lost videos. $1: ids of
-- keyword_day_outdated.
SELECT DISTINCT (usable_time(upload_time) AT TIME ZONE 'Asia/Seoul')::date AS day
FROM video
WHERE changed_at >= (SELECT counted_until FROM keyword_rollup)
    AND usable_time(upload_time) IS NOT NULL
UNION
SELECT day FROM keyword_day_outdated WHERE id = ANY ($1)
ORDER BY day
