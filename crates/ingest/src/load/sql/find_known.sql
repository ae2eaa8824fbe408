-- The staged channels and videos that are stored already. channel_id is not unique in a Django
-- database: the row with the lowest id is used. `moves` is is_preferred_channel() in batch.rs.

INSERT INTO known_video (index, idx, is_new, is_latest, moves)
SELECT
    s.index, v.idx, false, latest.is_latest,
    CASE
        WHEN n.channel_id IS NULL OR n.channel_id = c.channel_id THEN false
        WHEN c.channel_id IS NULL THEN latest.is_latest
        WHEN n.channel_id LIKE 'title:%' AND c.channel_id NOT LIKE 'title:%' THEN false
        WHEN n.channel_id NOT LIKE 'title:%' AND c.channel_id LIKE 'title:%' THEN true
        ELSE latest.is_latest
    END
FROM staged_video s
JOIN video v ON v.video_id = s.video_id
JOIN staged_video_update u ON u.index = s.index
LEFT JOIN staged_channel n ON n.index = s.channel_index
LEFT JOIN channel c ON c.idx = v.channel_idx
LEFT JOIN LATERAL (
    SELECT check_time, views
    FROM video_views
    WHERE video_idx = v.idx AND usable_time(check_time) IS NOT NULL
    ORDER BY check_time DESC, idx DESC
    LIMIT 1
) stored ON true
CROSS JOIN LATERAL (
    SELECT coalesce(
        (u.observed, u.observed_views)
            >= (coalesce(stored.check_time, '-infinity'), coalesce(stored.views, -1)),
        false
    ) AS is_latest
) latest;

INSERT INTO known_channel (index, idx, is_new)
SELECT index, idx, false
FROM (
    SELECT s.index, (SELECT min(c.idx) FROM channel c WHERE c.channel_id = s.channel_id) AS idx
    FROM staged_channel s
) found
WHERE idx IS NOT NULL;
