-- YouTube's number of uploads and the stored videos of the channel with the YouTube id $1 or the
-- database id $2, and for each of its 50 newest videos, the newest first, the view count nearest to
-- the age of seven days, the reference age of the model. The model uses fewer: some counts are too early. A channel without view
-- counts has one row, an unknown channel none.
SELECT
    (SELECT channel.upload_count FROM channel WHERE channel.idx = target.idx) AS upload_count,
    (SELECT count(*) FROM video WHERE video.channel_idx = target.idx) AS stored,
    latest.upload_time AS uploaded_at,
    latest.check_time AS observed_at,
    latest.views
FROM (SELECT min(channel.idx) AS idx FROM channel WHERE channel.channel_id = $1 OR channel.idx = $2) AS target
LEFT JOIN LATERAL (
    SELECT newest.upload_time, observation.check_time, observation.views
    FROM (
        SELECT video.idx, video.upload_time FROM video
        WHERE video.channel_idx = target.idx AND usable_time(video.upload_time) IS NOT NULL
        ORDER BY video.upload_time DESC
        LIMIT 50
    ) AS newest
    CROSS JOIN LATERAL (
        SELECT video_views.check_time, video_views.views FROM video_views
        WHERE video_views.video_idx = newest.idx AND usable_time(video_views.check_time) IS NOT NULL
        ORDER BY abs(extract(epoch FROM video_views.check_time - newest.upload_time) - 604800)
        LIMIT 1
    ) AS observation
) AS latest ON true
WHERE target.idx IS NOT NULL
ORDER BY latest.upload_time DESC
