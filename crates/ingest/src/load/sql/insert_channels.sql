-- The channels that are missing, where a missing video needs them.
WITH needed AS (
    SELECT s.*
    FROM staged_channel s
    WHERE NOT EXISTS (SELECT FROM known_channel k WHERE k.place = s.place)
        AND s.place IN (
            SELECT v.channel_place
            FROM staged_video v
            WHERE NOT EXISTS (SELECT FROM known_video k WHERE k.place = v.place)
        )
), inserted AS (
    INSERT INTO channel (
        channel_id, channel_name, channel_description, channel_start_date,
        thumbnail_url, hidden_subscriber, subscriber_num
    )
    SELECT
        channel_id, channel_name, channel_description, channel_start_date,
        thumbnail_url, hidden_subscriber, subscriber_num
    FROM needed
    ORDER BY place
    RETURNING idx, channel_id
)
INSERT INTO known_channel (place, idx, fresh)
SELECT needed.place, inserted.idx, true
FROM inserted
JOIN needed ON needed.channel_id = inserted.channel_id;
