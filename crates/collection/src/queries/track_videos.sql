-- Adds videos $1, published at $2, to the schedule with the next check at $3. Removed videos are
-- checked again, with one miss less than the limit $4.
INSERT INTO collector_video (video_id, published_at, next_check_at)
SELECT DISTINCT ON (video_id) video_id, published_at, $3
FROM unnest($1::text[], $2::timestamptz[]) AS new (video_id, published_at)
ORDER BY video_id
ON CONFLICT (video_id) DO UPDATE SET
    removed_at = NULL, misses = $4 - 1, next_check_at = $3, texts_at = '-infinity'
WHERE collector_video.removed_at IS NOT NULL
