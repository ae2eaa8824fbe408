-- The other videos of touched channels: their popularity changes with the subscribers.

ANALYZE touched_channel;

INSERT INTO touched_video (idx, imported)
SELECT v.idx, false
FROM video v
JOIN touched_channel c ON c.idx = v.channel_idx
ON CONFLICT DO NOTHING;

ANALYZE touched_video;
