-- Stores the views of videos at standard ages. An age stays known if its observations were deleted.
INSERT INTO video_age_views AS a (
    video_idx, channel_idx, upload_time, length, category,
    day_1, day_2, day_3, day_7, day_14, day_28, observed_at, gained_24h
)
SELECT *
FROM unnest(
    $1::integer[], $2::integer[], $3::timestamptz[], $4::text[], $5::smallint[],
    $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[],
    $12::timestamptz[], $13::bigint[]
)
ON CONFLICT (video_idx) DO UPDATE SET
    channel_idx = excluded.channel_idx,
    upload_time = excluded.upload_time,
    length = excluded.length,
    category = excluded.category,
    day_1 = excluded.day_1,
    day_2 = excluded.day_2,
    day_3 = excluded.day_3,
    day_7 = excluded.day_7,
    day_14 = excluded.day_14,
    day_28 = excluded.day_28,
    observed_at = excluded.observed_at,
    gained_24h = excluded.gained_24h
WHERE (a.*) IS DISTINCT FROM (excluded.*)
