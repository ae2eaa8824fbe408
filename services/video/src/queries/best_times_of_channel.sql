-- The median ratio of the latest $2 videos of the channel $1 by weekday and hour in Seoul.
SELECT
    extract(isodow FROM upload_time AT TIME ZONE 'Asia/Seoul')::integer AS weekday,
    extract(hour FROM upload_time AT TIME ZONE 'Asia/Seoul')::integer AS hour,
    count(*) AS videos,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY day_3_ratio) AS median_ratio
FROM (
    SELECT upload_time, day_3_ratio
    FROM video_outlier
    WHERE channel_idx = $1 AND day_3_ratio IS NOT NULL
    ORDER BY upload_time DESC
    LIMIT $2
) latest
GROUP BY weekday, hour
ORDER BY weekday, hour
