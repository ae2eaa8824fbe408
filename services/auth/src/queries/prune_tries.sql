-- Removes up to $2 of the keys not tried since $1, but none that somebody else is removing
-- or counting.
DELETE FROM auth_throttle WHERE key IN (
    SELECT key FROM auth_throttle WHERE seen_at < $1
    LIMIT $2 FOR UPDATE SKIP LOCKED
)
