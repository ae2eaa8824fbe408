-- How many videos a channel has, beside each of its 50 newest that have been looked at, with
-- the look nearest the age of seven days, which the model's levels are about. A channel
-- without any has one row; one that is not known has none.
SELECT
    (SELECT count(*) FROM video WHERE video.channel_idx = wanted.idx) AS uploads,
    latest.upload_time AS uploaded,
    latest.check_time AS seen,
    latest.views
FROM (SELECT min(channel.idx) AS idx FROM channel WHERE channel.channel_id = $1) AS wanted
LEFT JOIN LATERAL (
    SELECT newest.upload_time, looked.check_time, looked.views
    FROM (
        SELECT video.idx, video.upload_time FROM video
        WHERE video.channel_idx = wanted.idx AND usable_time(video.upload_time) IS NOT NULL
        ORDER BY video.upload_time DESC
        LIMIT 50
    ) AS newest
    CROSS JOIN LATERAL (
        SELECT video_views.check_time, video_views.views FROM video_views
        WHERE video_views.video_idx = newest.idx AND usable_time(video_views.check_time) IS NOT NULL
        ORDER BY abs(extract(epoch FROM video_views.check_time - newest.upload_time) - 604800)
        LIMIT 1
    ) AS looked
) AS latest ON true
WHERE wanted.idx IS NOT NULL
