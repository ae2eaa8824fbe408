-- Inserts missing videos.
WITH needed AS (
    SELECT s.*, c.idx AS channel_idx
    FROM staged_video s
    LEFT JOIN known_channel c ON c.index = s.channel_index
    WHERE NOT EXISTS (SELECT FROM known_video k WHERE k.index = s.index)
), inserted AS (
    INSERT INTO video (
        video_name, video_description, video_id, upload_time, channel_idx,
        thumbnail_url, views, views_growth, popularity, popularity_estimated,
        crawled, category, duration_seconds, is_short, live_state, language, comment_count
    )
    SELECT
        video_name, nullif(video_description, ''), video_id, upload_time, channel_idx,
        thumbnail_url, views, views_growth, popularity, popularity_estimated,
        crawled, category, duration_seconds, is_short, live_state, language, comment_count
    FROM needed
    ORDER BY index
    RETURNING idx, video_id
)
INSERT INTO known_video (index, idx, is_new)
SELECT s.index, inserted.idx, true
FROM inserted
JOIN staged_video s ON s.video_id = inserted.video_id;
