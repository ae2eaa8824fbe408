-- The watched keywords of the user $1, with their counts in the days from $2 until $3 and from $4
-- until $5, and their rank among rising keywords.
SELECT w.id, COALESCE(k.name, w.keyword) AS name, w.note, e.rising_rank,
    d.videos, d.channel_days, d.views,
    d.previous_videos, d.previous_channel_days, d.previous_views
FROM auth_watch w
LEFT JOIN keyword k ON k.key = w.keyword_key
LEFT JOIN keyword_list_entry e ON e.keyword_idx = k.idx AND e.list_idx = (
    SELECT idx FROM keyword_list
    WHERE days = 7 AND category = 0 AND length = 'all' AND min_subscribers IS NULL
        AND below_subscribers IS NULL
)
CROSS JOIN LATERAL (
    SELECT
        COALESCE(sum(videos) FILTER (WHERE day >= $2), 0)::bigint AS videos,
        COALESCE(sum(channels) FILTER (WHERE day >= $2), 0)::bigint AS channel_days,
        COALESCE(sum(views) FILTER (WHERE day >= $2), 0)::bigint AS views,
        COALESCE(sum(videos) FILTER (WHERE day < $5), 0)::bigint AS previous_videos,
        COALESCE(sum(channels) FILTER (WHERE day < $5), 0)::bigint AS previous_channel_days,
        COALESCE(sum(views) FILTER (WHERE day < $5), 0)::bigint AS previous_views
    FROM keyword_day
    WHERE keyword_idx = k.idx AND day >= $4 AND day < $3
) d
WHERE w.user_id = $1 AND w.keyword_key IS NOT NULL
ORDER BY w.id
