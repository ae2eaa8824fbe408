-- The channel $1, its stored videos, and the most frequent category and length of its 20 newest
-- videos. Unclassified videos of more than $2 seconds, the maximum of a Short, are long.
SELECT
    channel.idx, channel.channel_id, channel.channel_name, channel.thumbnail_url,
    channel.subscriber_num, channel.subscriber_estimated, channel.hidden_subscriber,
    channel.upload_count,
    (SELECT count(*) FROM video WHERE video.channel_idx = channel.idx) AS stored,
    newest.videos, newest.category, newest.is_short
FROM channel
CROSS JOIN LATERAL (
    SELECT
        count(*) AS videos,
        mode() WITHIN GROUP (ORDER BY recent.category) AS category,
        mode() WITHIN GROUP (ORDER BY recent.is_short) AS is_short
    FROM (
        SELECT
            video.category,
            COALESCE(video.is_short, CASE WHEN video.duration_seconds > $2 THEN false END)
                AS is_short
        FROM video
        WHERE video.channel_idx = channel.idx AND video.upload_time <= '9999-12-31 00:00+00'
        ORDER BY video.upload_time DESC, video.idx
        LIMIT 20
    ) AS recent
) AS newest
WHERE channel.idx = $1
