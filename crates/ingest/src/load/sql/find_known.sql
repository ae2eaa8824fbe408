-- The staged channels and videos that are stored already. channel_id is not unique in a Django
-- database: the row with the lowest id is used.

INSERT INTO known_video (index, idx, is_new, is_latest)
SELECT s.index, v.idx, false, coalesce(u.observed >= coalesce(stored.latest, '-infinity'), false)
FROM staged_video s
JOIN video v ON v.video_id = s.video_id
JOIN staged_video_update u ON u.index = s.index
CROSS JOIN LATERAL (
    SELECT max(check_time) AS latest
    FROM video_views
    WHERE video_idx = v.idx AND usable_time(check_time) IS NOT NULL
) stored;

INSERT INTO known_channel (index, idx, is_new)
SELECT index, idx, false
FROM (
    SELECT s.index, (SELECT min(c.idx) FROM channel c WHERE c.channel_id = s.channel_id) AS idx
    FROM staged_channel s
) found
WHERE idx IS NOT NULL;
