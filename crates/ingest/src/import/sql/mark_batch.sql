-- Marks the videos and channels of this batch.

INSERT INTO video_to_derive (idx, imported)
SELECT idx, true FROM known_video
ON CONFLICT DO NOTHING;

INSERT INTO channel_to_derive (idx)
SELECT v.channel_idx
FROM known_video k
JOIN video v ON v.idx = k.idx
WHERE v.channel_idx IS NOT NULL
UNION
SELECT idx FROM known_channel
ON CONFLICT DO NOTHING;
