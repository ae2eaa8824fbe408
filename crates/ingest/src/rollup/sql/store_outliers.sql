-- Stores comparisons.
INSERT INTO video_outlier AS o (
    video_idx, channel_idx, upload_time, length, category, subscribers,
    age_days, views, expected_views, sample, ratio, ratio_shrunk, day_3_ratio
)
SELECT
    n.video_idx, a.channel_idx, a.upload_time, a.length, a.category, c.subscriber_num,
    n.age_days, n.views, n.expected_views, n.sample, n.ratio, n.ratio_shrunk, n.day_3_ratio
FROM unnest(
    $1::integer[], $2::smallint[], $3::bigint[], $4::double precision[], $5::smallint[],
    $6::double precision[], $7::double precision[], $8::double precision[]
) AS n (video_idx, age_days, views, expected_views, sample, ratio, ratio_shrunk, day_3_ratio)
JOIN video_age_views a ON a.video_idx = n.video_idx
JOIN video v ON v.idx = n.video_idx AND v.removed_at IS NULL
JOIN channel c ON c.idx = a.channel_idx
ON CONFLICT (video_idx) DO UPDATE SET
    channel_idx = excluded.channel_idx,
    upload_time = excluded.upload_time,
    length = excluded.length,
    category = excluded.category,
    subscribers = excluded.subscribers,
    age_days = excluded.age_days,
    views = excluded.views,
    expected_views = excluded.expected_views,
    sample = excluded.sample,
    ratio = excluded.ratio,
    ratio_shrunk = excluded.ratio_shrunk,
    day_3_ratio = excluded.day_3_ratio
WHERE (o.*) IS DISTINCT FROM (excluded.*)
