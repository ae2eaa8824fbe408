-- Channels without videos that were missing in the last $1 checks.
SELECT channel_id FROM collector_channel AS tracked
WHERE misses >= $1 AND NOT EXISTS (
    SELECT FROM video JOIN channel ON channel.idx = video.channel_idx
    WHERE channel.channel_id = tracked.channel_id
)
