-- The videos of an interrupted import.
INSERT INTO video_to_derive (idx, imported)
SELECT video_idx, true FROM pending_derivation
ON CONFLICT DO NOTHING;

INSERT INTO channel_to_derive (idx)
SELECT DISTINCT v.channel_idx
FROM pending_derivation p
JOIN video v ON v.idx = p.video_idx
WHERE v.channel_idx IS NOT NULL
ON CONFLICT DO NOTHING;
