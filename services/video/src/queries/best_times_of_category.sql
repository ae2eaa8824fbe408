-- The median ratio of the latest $2 videos of the category $1 by hour of the week, from 0: Monday at
-- 0:00 in Seoul. 1970-01-01 was a Thursday. Time zones take five times as long.
SELECT hour_of_week, count(*) AS videos,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY day_3_ratio) AS median_ratio
FROM (
    SELECT
        ((floor(date_part('epoch', upload_time) / 3600)::bigint + 9 + 3 * 24) % 168)::integer
            AS hour_of_week,
        day_3_ratio
    FROM video_outlier
    WHERE category = $1 AND day_3_ratio IS NOT NULL
    ORDER BY upload_time DESC
    LIMIT $2
) latest
GROUP BY hour_of_week
