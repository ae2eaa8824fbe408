-- Videos with their stored ages, and the observations of each, oldest first.
SELECT
    v.idx,
    v.channel_idx,
    v.upload_time,
    v.is_short,
    v.duration_seconds,
    v.category,
    v.removed_at IS NOT NULL AS is_removed,
    o.times,
    o.views,
    a.video_idx IS NOT NULL AS is_stored,
    a.channel_idx AS stored_channel,
    a.upload_time AS stored_upload_time,
    a.length AS stored_length,
    ARRAY[a.day_1, a.day_2, a.day_3, a.day_7, a.day_14, a.day_28] AS stored_ages
FROM video v
LEFT JOIN video_age_views a ON a.video_idx = v.idx
CROSS JOIN LATERAL (
    SELECT
        array_agg(check_time ORDER BY check_time, idx) AS times,
        array_agg(views ORDER BY check_time, idx) AS views
    FROM video_views
    WHERE video_idx = v.idx AND usable_time(check_time) IS NOT NULL
) o
WHERE v.idx = ANY ($1)
