-- The other videos of channels whose subscribers changed: their popularity changes too.
ANALYZE changed_channel;

INSERT INTO video_to_derive (idx, imported)
SELECT v.idx, false
FROM video v
JOIN changed_channel c ON c.idx = v.channel_idx
ON CONFLICT DO NOTHING;

ANALYZE video_to_derive;
