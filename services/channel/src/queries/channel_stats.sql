-- Number of videos, thumbnail URLs of the two newest videos and latest view count of channels.
SELECT
    listed.idx,
    (SELECT count(*) FROM video WHERE video.channel_idx = listed.idx) AS video_counts,
    ARRAY(
        SELECT video.thumbnail_url FROM video
        WHERE video.channel_idx = listed.idx AND video.upload_time <= '9999-12-31 00:00+00'
        ORDER BY video.upload_time DESC, video.idx
        LIMIT 2
    ) AS recent_videos,
    (
        SELECT channel_views.view_count FROM channel_views
        WHERE channel_views.channel_idx = listed.idx
            AND channel_views.check_time <= '9999-12-31 00:00+00'
        ORDER BY channel_views.check_time DESC, channel_views.idx DESC
        LIMIT 1
    ) AS view_count
FROM unnest($1) AS listed (idx)
