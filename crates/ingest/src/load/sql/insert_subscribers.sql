-- Subscriber counts for the days, in Seoul, that have none yet.
INSERT INTO channel_subscriber (channel_idx, subscriber_num, check_time)
SELECT k.idx, s.subscriber_num, s.check_time
FROM staged_channel_subscriber s
JOIN known_channel k ON k.place = s.channel_place
CROSS JOIN LATERAL (
    SELECT date_trunc('day', s.check_time, 'Asia/Seoul') AS start
) day
WHERE k.fresh
    OR NOT EXISTS (
        SELECT FROM channel_subscriber x
        WHERE x.channel_idx = k.idx
            AND x.check_time >= day.start
            AND x.check_time < day.start + interval '24 hours'
        OFFSET 0
    )
ORDER BY s.place;
