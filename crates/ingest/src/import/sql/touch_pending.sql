-- The videos of an interrupted import.
INSERT INTO touched_video (idx, imported)
SELECT video_idx, true FROM pending_derivation
ON CONFLICT DO NOTHING;

INSERT INTO touched_channel (idx)
SELECT DISTINCT v.channel_idx
FROM pending_derivation p
JOIN video v ON v.idx = p.video_idx
WHERE v.channel_idx IS NOT NULL
ON CONFLICT DO NOTHING;
