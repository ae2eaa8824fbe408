-- The latest views and the daily growth of the $2 touched videos after id $1.
-- Growth is at least 0, because YouTube removes views, and limited to 64 bits. In August 2026 YouTube
-- changed its view counting: there is no growth across that month, from $3 until $4.
WITH chunk AS (
    SELECT idx FROM video_to_derive WHERE idx > $1 ORDER BY idx LIMIT $2
), inserted AS (
    INSERT INTO latest_count (idx, views, views_growth)
    SELECT
        chunk.idx,
        latest.views,
        CASE
            WHEN earlier.views IS NULL THEN 0
            WHEN earlier.check_time < $4
                AND latest.check_time >= $3 THEN 0
            ELSE least(greatest(round(
                (latest.views - earlier.views) * 86400
                    / greatest(extract(epoch FROM latest.check_time - earlier.check_time), 72000)
            ), 0), 9223372036854775807)
        END
    FROM chunk
    CROSS JOIN LATERAL (
        SELECT views::numeric, check_time
        FROM video_views
        WHERE video_idx = chunk.idx AND usable_time(check_time) IS NOT NULL
        ORDER BY check_time DESC, idx DESC
        LIMIT 1
    ) latest
    LEFT JOIN LATERAL (
        (
            SELECT views::numeric, check_time
            FROM video_views
            WHERE video_idx = chunk.idx AND usable_time(check_time) IS NOT NULL
                AND check_time <= latest.check_time - interval '20 hours'
            ORDER BY check_time DESC, idx DESC
            LIMIT 1
        )
        UNION ALL
        (
            SELECT views::numeric, check_time
            FROM video_views
            WHERE video_idx = chunk.idx AND usable_time(check_time) IS NOT NULL
                AND check_time > latest.check_time - interval '20 hours'
                AND check_time < latest.check_time
            ORDER BY check_time, idx
            LIMIT 1
        )
        LIMIT 1
    ) earlier ON true
)
SELECT max(idx), count(*) FROM chunk;
