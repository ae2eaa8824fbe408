-- Moves stored videos to the channel of a later observation. Returns their ids. The former channels
-- are marked for the update of derived columns.
WITH former AS (
    INSERT INTO channel_to_derive (idx)
    SELECT DISTINCT v.channel_idx
    FROM known_video k
    JOIN video v ON v.idx = k.idx
    WHERE k.moves AND v.channel_idx IS NOT NULL
    ON CONFLICT DO NOTHING
)
UPDATE video v
SET channel_idx = c.idx
FROM known_video k
JOIN staged_video s ON s.index = k.index
JOIN known_channel c ON c.index = s.channel_index
WHERE k.moves AND v.idx = k.idx
RETURNING v.idx;
