-- Marks the videos from id $1 and the channels from id $2 on, which this import added.
WITH videos AS (
    INSERT INTO touched_video (idx, imported)
    SELECT idx, true FROM video WHERE idx >= $1
    ON CONFLICT DO NOTHING
)
INSERT INTO touched_channel (idx)
SELECT idx FROM channel WHERE idx >= $2
ON CONFLICT DO NOTHING;
