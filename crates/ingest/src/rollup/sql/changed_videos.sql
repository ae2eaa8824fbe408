-- Videos that changed since $1 or have observations after the idx $2, by channel.
SELECT video.idx
FROM video
JOIN (
    SELECT idx FROM video WHERE changed_at >= $1
    UNION
    SELECT video_idx FROM video_views WHERE idx > $2
) changed USING (idx)
WHERE usable_time(upload_time) IS NOT NULL
ORDER BY channel_idx, video.idx
