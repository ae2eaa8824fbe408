-- Inserts missing channels that a missing video refers to, or that a stored video moves to.
WITH needed AS (
    SELECT s.*
    FROM staged_channel s
    WHERE NOT EXISTS (SELECT FROM known_channel k WHERE k.index = s.index)
        AND s.index IN (
            SELECT v.channel_index
            FROM staged_video v
            WHERE NOT EXISTS (SELECT FROM known_video k WHERE k.index = v.index AND NOT k.moves)
        )
), inserted AS (
    INSERT INTO channel (
        channel_id, channel_name, channel_description, channel_start_date,
        thumbnail_url, hidden_subscriber, subscriber_num, subscriber_estimated, upload_count
    )
    SELECT
        channel_id, channel_name, channel_description, channel_start_date,
        thumbnail_url, hidden_subscriber, subscriber_num, subscriber_estimated, upload_count
    FROM needed
    ORDER BY index
    RETURNING idx, channel_id
)
INSERT INTO known_channel (index, idx, is_new)
SELECT needed.index, inserted.idx, true
FROM inserted
JOIN needed ON needed.channel_id = inserted.channel_id;
