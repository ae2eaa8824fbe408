-- The videos that are missing.
WITH needed AS (
    SELECT s.*, c.idx AS channel_idx
    FROM staged_video s
    LEFT JOIN known_channel c ON c.place = s.channel_place
    WHERE NOT EXISTS (SELECT FROM known_video k WHERE k.place = s.place)
), inserted AS (
    INSERT INTO video (
        video_name, video_description, video_id, upload_time, channel_idx,
        thumbnail_url, views, views_growth, popularity, crawled
    )
    SELECT
        video_name, video_description, video_id, upload_time, channel_idx,
        thumbnail_url, views, views_growth, popularity, crawled
    FROM needed
    ORDER BY place
    RETURNING idx, video_id
)
INSERT INTO known_video (place, idx, fresh)
SELECT s.place, inserted.idx, true
FROM inserted
JOIN staged_video s ON s.video_id = inserted.video_id;
