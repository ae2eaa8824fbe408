-- The watched channels of the user $1, with their uploads from $2 until $3 and from $4 until $5,
-- and their number of views at these four times.
SELECT w.id, w.channel_idx, c.channel_name AS name, c.thumbnail_url, w.note,
    u.uploads, u.views, u.previous_uploads, u.previous_views,
    n.counts[1] AS views_from, n.counts[2] AS views_until,
    n.counts[3] AS previous_views_from, n.counts[4] AS previous_views_until
FROM auth_watch w
JOIN channel c ON c.idx = w.channel_idx
CROSS JOIN LATERAL (
    SELECT
        count(*) FILTER (WHERE upload_time >= $2) AS uploads,
        COALESCE(sum(views) FILTER (WHERE upload_time >= $2), 0)::bigint AS views,
        count(*) FILTER (WHERE upload_time < $5) AS previous_uploads,
        COALESCE(sum(views) FILTER (WHERE upload_time < $5), 0)::bigint AS previous_views
    FROM video
    WHERE channel_idx = w.channel_idx AND upload_time >= $4 AND upload_time < $3
        AND removed_at IS NULL
) u
-- The last observation in the two days before each time.
CROSS JOIN LATERAL (
    SELECT array_agg((
        SELECT view_count FROM channel_views
        WHERE channel_idx = w.channel_idx AND check_time < t.boundary
            AND check_time >= t.boundary - interval '2 days'
        ORDER BY check_time DESC LIMIT 1
    ) ORDER BY t.position) AS counts
    FROM (VALUES (1, $2), (2, $3), (3, $4), (4, $5)) t (position, boundary)
) n
WHERE w.user_id = $1 AND w.channel_idx IS NOT NULL
ORDER BY w.id
