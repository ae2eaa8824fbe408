-- The videos of watched channels of the user $1, uploaded from $2 until $3, with at least twice the
-- expected views: the $4 with the highest ratio.
SELECT w.id AS watch_id, v.idx, v.video_id, v.video_name, v.thumbnail_url, o.upload_time,
    o.ratio_shrunk, o.views, o.expected_views
FROM auth_watch w
JOIN video_outlier o ON o.channel_idx = w.channel_idx
JOIN video v ON v.idx = o.video_idx
WHERE w.user_id = $1 AND o.upload_time >= $2 AND o.upload_time < $3 AND o.ratio_shrunk >= 2
ORDER BY o.ratio_shrunk DESC, o.video_idx
LIMIT $4
