-- Deletes up to $2 of the keys without an attempt since $1, except those that another
-- transaction has locked.
DELETE FROM auth_throttle WHERE key IN (
    SELECT key FROM auth_throttle WHERE seen_at < $1
    LIMIT $2 FOR UPDATE SKIP LOCKED
)
