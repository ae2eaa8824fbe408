-- Uploads after $1 and until $2, by channel: as uses of a keyword that every video has.
SELECT 0, v.channel_idx, v.idx, 0,
    floor(extract(epoch FROM $2 - v.upload_time))::integer, coalesce(v.views, 0),
    coalesce(v.category, 0::smallint), coalesce(v.is_short, CASE WHEN v.duration_seconds > 180 THEN false END),
    coalesce(c.subscriber_num, 0)
FROM video v
LEFT JOIN channel c ON c.idx = v.channel_idx
WHERE v.upload_time > $1 AND v.upload_time <= $2 AND v.removed_at IS NULL
ORDER BY v.channel_idx, v.idx
