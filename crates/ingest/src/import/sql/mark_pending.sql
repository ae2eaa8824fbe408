-- The videos of this batch lack derived columns until the import ends, or the next one if it is killed.
INSERT INTO pending_derivation (video_idx)
SELECT idx FROM known_video
UNION
SELECT v.idx FROM known_channel k JOIN video v ON v.channel_idx = k.idx WHERE NOT k.is_new
ON CONFLICT DO NOTHING;
