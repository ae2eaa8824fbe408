-- Marks the stored videos $1 and channels $2 of a batch, and the channels of these videos.
WITH videos AS (
    INSERT INTO video_to_derive (idx, imported)
    SELECT unnest($1::integer[]), true
    ON CONFLICT DO NOTHING
)
INSERT INTO channel_to_derive (idx)
SELECT channel_idx FROM video WHERE idx = ANY ($1) AND channel_idx IS NOT NULL
UNION
SELECT unnest($2::integer[])
ON CONFLICT DO NOTHING;
