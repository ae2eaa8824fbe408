-- Claims up to $3 channels that are due at $1, until $2; the longest due first.
WITH claimed AS (
    UPDATE collector_channel SET claimed_until = $2
    WHERE channel_id IN (
        SELECT channel_id FROM collector_channel
        WHERE next_check_at <= $1 AND claimed_until <= $1
        ORDER BY next_check_at, channel_id
        LIMIT $3
        FOR UPDATE SKIP LOCKED
    )
    RETURNING channel_id, misses, next_check_at
)
SELECT channel_id, misses FROM claimed ORDER BY next_check_at, channel_id
