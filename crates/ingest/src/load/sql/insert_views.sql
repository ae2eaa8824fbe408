-- View counts of videos for the days, in Seoul, that have none yet.
INSERT INTO video_views (video_idx, views, check_time)
SELECT k.idx, s.views, s.check_time
FROM staged_video_views s
JOIN known_video k ON k.place = s.video_place
CROSS JOIN LATERAL (
    SELECT date_trunc('day', s.check_time, 'Asia/Seoul') AS start
) day
WHERE k.fresh
    OR NOT EXISTS (
        SELECT FROM video_views x
        WHERE x.video_idx = k.idx
            AND x.check_time >= day.start
            AND x.check_time < day.start + interval '24 hours'
        OFFSET 0
    )
ORDER BY s.place;
