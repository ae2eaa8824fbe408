-- Marks the videos of this batch of counts, and their channels whose subscribers are estimated from
-- views.

INSERT INTO video_to_derive (idx, imported)
SELECT idx, true FROM known_video
ON CONFLICT DO NOTHING;

INSERT INTO channel_to_derive (idx)
SELECT DISTINCT c.idx
FROM known_video k
JOIN video v ON v.idx = k.idx
JOIN channel c ON c.idx = v.channel_idx
WHERE c.hidden_subscriber;
