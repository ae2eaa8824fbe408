-- Marks up to $5 channels as listed at $1, if they were not since $2 and have uploads since $3 that
-- can be Shorts (at most $4 seconds) and are not classified; the longest unlisted first.
UPDATE collector_channel SET shorts_checked_at = $1
WHERE channel_id IN (
    SELECT tracked.channel_id
    FROM collector_channel AS tracked
    WHERE tracked.shorts_checked_at < $2
        AND EXISTS (
            SELECT FROM video
            JOIN channel ON channel.idx = video.channel_idx
            WHERE channel.channel_id = tracked.channel_id
                AND is_short IS NULL AND duration_seconds <= $4
                AND video.removed_at IS NULL AND video.upload_time >= $3
        )
    ORDER BY tracked.shorts_checked_at, tracked.channel_id
    LIMIT $5
    FOR UPDATE SKIP LOCKED
)
RETURNING channel_id
