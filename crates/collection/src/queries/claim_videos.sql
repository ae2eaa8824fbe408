-- Claims up to $3 videos that are due at $1, until $2; only videos that were stored if $4 is true.
-- The newest first, so that old videos wait when the quota is low. `texts_at` is the time at which the
-- details were stored last, `-infinity` before the first; after $5 they are recent.
WITH claimed AS (
    UPDATE collector_video SET claimed_until = $2
    WHERE video_id IN (
        SELECT video_id FROM collector_video
        WHERE next_check_at <= $1 AND claimed_until <= $1 AND removed_at IS NULL
            AND (texts_at > '-infinity' OR NOT $4)
        ORDER BY published_at DESC, video_id
        LIMIT $3
        FOR UPDATE SKIP LOCKED
    )
    RETURNING video_id, published_at, misses, texts_at
)
SELECT
    video_id,
    published_at,
    misses,
    texts_at > '-infinity' AS is_stored,
    texts_at > $5 AS has_details
FROM claimed
ORDER BY published_at DESC, video_id
