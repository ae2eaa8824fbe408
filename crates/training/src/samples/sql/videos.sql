-- The newest videos with counts, and the subscribers of the channel near the upload: the last
-- count up to a day later, otherwise the first later count, otherwise `channel.subscriber_num`.
-- Estimated subscribers are ignored. The next column is true if the channel hides them. It is used
-- for collected channels only, because the importer marks unknown numbers as hidden as well.
-- Videos of more than 180 seconds are not Shorts. The last columns are YouTube's number of
-- videos of the channel, and the number of these videos of the channel.
SELECT v.video_name, v.upload_time, v.channel_idx, counted.ages, counted.views,
    CASE WHEN hidden_subscriber OR subscriber_estimated THEN NULL
    ELSE coalesce(before.subscribers, after.subscribers, c.subscriber_num::bigint) END,
    coalesce(hidden_subscriber AND collected.checked_at IS NOT NULL, false),
    category, coalesce(is_short, CASE WHEN duration_seconds > 180 THEN false END),
    c.upload_count,
    CASE WHEN v.channel_idx IS NOT NULL THEN count(*) OVER (PARTITION BY v.channel_idx) END
FROM (
    SELECT idx, video_name, upload_time, channel_idx, category, is_short, duration_seconds
    FROM video
    WHERE forbidden IS NOT TRUE AND usable_time(upload_time) IS NOT NULL ORDER BY upload_time DESC, idx DESC LIMIT $1
) v
LEFT JOIN channel c ON c.idx = v.channel_idx
LEFT JOIN collector_channel collected ON collected.channel_id = c.channel_id
CROSS JOIN LATERAL (
    SELECT array_agg((extract(epoch FROM check_time - v.upload_time) / 86400)::float8
            ORDER BY check_time, idx) AS ages,
        array_agg(views ORDER BY check_time, idx) AS views
    FROM video_views
    WHERE video_idx = v.idx AND views >= 0 AND check_time > v.upload_time
        AND check_time < v.upload_time + interval '45 days'
) counted
LEFT JOIN LATERAL (
    SELECT subscriber_num::bigint AS subscribers FROM channel_subscriber
    WHERE channel_idx = v.channel_idx AND check_time <= v.upload_time + interval '1 day'
        AND usable_time(check_time) IS NOT NULL
        AND subscriber_num ~ '^[0-9]{1,12}$'
    ORDER BY check_time DESC, idx DESC LIMIT 1
) before ON true
LEFT JOIN LATERAL (
    SELECT subscriber_num::bigint AS subscribers FROM channel_subscriber
    WHERE channel_idx = v.channel_idx AND check_time > v.upload_time + interval '1 day'
        AND usable_time(check_time) IS NOT NULL
        AND subscriber_num ~ '^[0-9]{1,12}$'
    ORDER BY check_time, idx LIMIT 1
) after ON true
WHERE counted.ages IS NOT NULL
ORDER BY v.upload_time, v.idx
