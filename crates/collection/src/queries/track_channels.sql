-- Adds channels $1 that are not tracked, with the next check at $2.
INSERT INTO collector_channel (channel_id, next_check_at)
SELECT DISTINCT channel_id, $2 FROM unnest($1::text[]) AS new (channel_id)
ORDER BY channel_id
ON CONFLICT (channel_id) DO NOTHING
