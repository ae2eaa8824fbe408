-- Uploads of the channel $1 since $3 that can be Shorts (at most $2 seconds) and are not
-- classified.
SELECT video_id, video.upload_time
FROM video
JOIN channel ON channel.idx = video.channel_idx
WHERE channel.channel_id = $1 AND is_short IS NULL AND duration_seconds <= $2
    AND video.removed_at IS NULL AND video.upload_time >= $3
