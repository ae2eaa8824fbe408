-- Marks the videos from id $1 and the channels from id $2 on, which this import added.
WITH videos AS (
    INSERT INTO video_to_derive (idx, imported)
    SELECT idx, true FROM video WHERE idx >= $1
    ON CONFLICT DO NOTHING
)
INSERT INTO channel_to_derive (idx)
SELECT idx FROM channel WHERE idx >= $2
ON CONFLICT DO NOTHING;
