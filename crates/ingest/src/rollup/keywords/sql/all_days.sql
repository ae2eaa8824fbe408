-- Days of all videos, and days that have counts.
SELECT DISTINCT (usable_time(upload_time) AT TIME ZONE 'Asia/Seoul')::date AS day
FROM video
WHERE usable_time(upload_time) IS NOT NULL
UNION
SELECT DISTINCT day FROM keyword_day
ORDER BY day
