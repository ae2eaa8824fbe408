-- Uses of keywords after $1 and until $2, by keyword, channel and video; only of keywords with
-- enough videos in the longest window.
WITH candidate AS MATERIALIZED (
    SELECT keyword_idx
    FROM keyword_day
    WHERE day >= $3
    GROUP BY keyword_idx
    HAVING sum(videos) >= $4
)
SELECT s.keyword_idx, v.channel_idx, v.idx, s.idx,
    floor(extract(epoch FROM $2 - v.upload_time))::integer, coalesce(v.views, 0),
    coalesce(v.category, 0::smallint), coalesce(v.is_short, CASE WHEN v.duration_seconds > 180 THEN false END),
    coalesce(c.subscriber_num, 0),
    -- From 0, Monday at 0:00 in Seoul; 1970-01-01 was a Thursday.
    ((floor(date_part('epoch', v.upload_time) / 3600)::bigint + 9 + 3 * 24) % 168)::smallint,
    o.day_3_ratio
FROM candidate
JOIN keyword_spelling s ON s.keyword_idx = candidate.keyword_idx
JOIN video_keyword_new k ON k.keyword = s.spelling
JOIN video v ON v.idx = k.video_idx
LEFT JOIN channel c ON c.idx = v.channel_idx
LEFT JOIN video_outlier o ON o.video_idx = v.idx
WHERE v.upload_time > $1 AND v.upload_time <= $2 AND v.removed_at IS NULL
ORDER BY s.keyword_idx, v.channel_idx, v.idx
