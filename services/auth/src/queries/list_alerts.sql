-- The newest $4 alerts of the user $1 created from $2 until $3.
SELECT a.id, a.created_at, a.rising_rank, w.id AS watch_id,
    COALESCE(k.name, w.keyword, c.channel_name, '') AS name,
    v.idx AS video_idx, v.video_id, v.video_name, v.thumbnail_url,
    usable_time(v.upload_time) AS upload_time,
    o.ratio_shrunk, o.views, o.expected_views
FROM auth_alert a
JOIN auth_watch w ON w.id = a.watch_id
LEFT JOIN keyword k ON k.key = w.keyword_key
LEFT JOIN channel c ON c.idx = w.channel_idx
LEFT JOIN video v ON v.idx = a.video_idx
LEFT JOIN video_outlier o ON o.video_idx = a.video_idx
WHERE w.user_id = $1 AND a.created_at >= $2 AND a.created_at < $3
    AND (a.rising_rank IS NOT NULL OR v.idx IS NOT NULL)
ORDER BY a.created_at DESC, a.id
LIMIT $4
