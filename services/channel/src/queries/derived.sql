-- What is derived of each of these channels: how many videos it has, the pictures of its
-- two newest, and the latest count of its views.
SELECT
    wanted.idx,
    (SELECT count(*) FROM video WHERE video.channel_idx = wanted.idx) AS video_counts,
    ARRAY(
        SELECT video.thumbnail_url FROM video
        WHERE video.channel_idx = wanted.idx AND video.upload_time <= '9999-12-31 00:00+00'
        ORDER BY video.upload_time DESC, video.idx
        LIMIT 2
    ) AS recent_videos,
    (
        SELECT channel_views.view_count FROM channel_views
        WHERE channel_views.channel_idx = wanted.idx
            AND channel_views.check_time <= '9999-12-31 00:00+00'
        ORDER BY channel_views.check_time DESC, channel_views.idx DESC
        LIMIT 1
    ) AS view_count
FROM unnest($1) AS wanted (idx)
