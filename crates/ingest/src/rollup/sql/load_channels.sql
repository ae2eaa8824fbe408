-- The videos of channels $1 that are needed to compare those uploaded since $2.
SELECT
    a.channel_idx,
    a.video_idx,
    a.upload_time,
    a.length,
    ARRAY[day_1, day_2, day_3, day_7, day_14, day_28] AS ages
FROM unnest($1::integer[], $2::timestamptz[]) AS affected (channel_idx, since)
JOIN video_age_views a
    ON a.channel_idx = affected.channel_idx
    AND a.upload_time >= affected.since - make_interval(days => $3)
ORDER BY a.channel_idx, a.upload_time, a.video_idx
