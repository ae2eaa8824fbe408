-- Marks the videos of this batch as lacking derived columns, until this import or, if it is killed,
-- the next one computes them.
INSERT INTO pending_derivation (video_idx)
SELECT idx FROM known_video
UNION
SELECT v.idx FROM known_channel k JOIN video v ON v.channel_idx = k.idx WHERE NOT k.is_new
ON CONFLICT DO NOTHING;
