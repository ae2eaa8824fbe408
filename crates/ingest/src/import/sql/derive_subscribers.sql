-- The subscribers of the $2 touched channels after id $1: the latest count, or an estimate, see
-- `derive`.
WITH chunk AS (
    SELECT idx FROM channel_to_derive WHERE idx > $1 ORDER BY idx LIMIT $2
), counted AS (
    SELECT chunk.idx, latest.subscriber_num::integer
    FROM chunk
    CROSS JOIN LATERAL (
        SELECT subscriber_num
        FROM channel_subscriber
        WHERE channel_idx = chunk.idx AND subscriber_num ~ '^[0-9]{1,9}$'
            AND usable_time(check_time) IS NOT NULL
        ORDER BY check_time DESC, idx DESC
        LIMIT 1
    ) latest
), estimated AS (
    SELECT
        chunk.idx,
        least(
            greatest(
                percentile_cont(0.5) WITHIN GROUP (ORDER BY coalesce(l.views, v.views)),
                1
            ),
            2147483647
        )::integer AS subscriber_num
    FROM chunk
    JOIN video v ON v.channel_idx = chunk.idx
    LEFT JOIN latest_count l ON l.idx = v.idx
    WHERE coalesce(l.views, v.views) IS NOT NULL
        AND NOT EXISTS (SELECT FROM counted WHERE counted.idx = chunk.idx)
    GROUP BY chunk.idx
), updated_counted AS (
    UPDATE channel c
    SET subscriber_num = n.subscriber_num, hidden_subscriber = false, subscriber_estimated = false
    FROM counted n
    WHERE n.idx = c.idx
        AND (c.subscriber_num, c.hidden_subscriber, c.subscriber_estimated)
            IS DISTINCT FROM (n.subscriber_num, false, false)
    RETURNING c.idx
), updated_estimated AS (
    UPDATE channel c
    SET subscriber_num = n.subscriber_num, subscriber_estimated = true
    FROM estimated n
    WHERE n.idx = c.idx
        AND c.hidden_subscriber
        AND (c.subscriber_num, c.subscriber_estimated) IS DISTINCT FROM (n.subscriber_num, true)
    RETURNING c.idx
), changed AS (
    INSERT INTO changed_channel (idx)
    SELECT idx FROM updated_counted
    UNION
    SELECT idx FROM updated_estimated
)
SELECT max(idx), count(*) FROM chunk;
