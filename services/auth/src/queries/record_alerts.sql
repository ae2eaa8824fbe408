-- Creates the alerts of the user $1 at the time $2, in the week that starts on $3: for watched
-- keywords on the list of rising keywords, and for videos of watched channels with at least twice the
-- expected views, uploaded since $4 and at most 7 days before the channel was watched, the five
-- highest ratios of a channel and week. Deletes the alerts created before $5.
WITH deleted AS (
    DELETE FROM auth_alert a USING auth_watch w
    WHERE w.id = a.watch_id AND w.user_id = $1 AND a.created_at < $5
),
outlier AS (
    SELECT w.id, o.video_idx,
        row_number() OVER (PARTITION BY w.id ORDER BY o.ratio_shrunk DESC, o.video_idx) AS place
    FROM auth_watch w
    JOIN video_outlier o ON o.channel_idx = w.channel_idx
    WHERE w.user_id = $1 AND o.ratio_shrunk >= 2
        AND o.upload_time >= GREATEST($4, w.created_at - interval '7 days')
        AND NOT EXISTS (
            SELECT FROM auth_alert a WHERE a.watch_id = w.id AND a.video_idx = o.video_idx
        )
)
INSERT INTO auth_alert (watch_id, week, created_at, rising_rank, video_idx)
SELECT w.id, $3, $2, e.rising_rank, NULL
FROM auth_watch w
JOIN keyword k ON k.key = w.keyword_key
JOIN keyword_list_entry e ON e.keyword_idx = k.idx
JOIN keyword_list l ON l.idx = e.list_idx
WHERE w.user_id = $1 AND e.rising_rank IS NOT NULL AND l.days = 7 AND l.category = 0
    AND l.length = 'all' AND l.min_subscribers IS NULL AND l.below_subscribers IS NULL
UNION ALL
SELECT o.id, $3, $2, NULL, o.video_idx
FROM outlier o
WHERE o.place + (
    SELECT count(*) FROM auth_alert a
    WHERE a.watch_id = o.id AND a.week = $3 AND a.video_idx IS NOT NULL
) <= 5
ON CONFLICT DO NOTHING
