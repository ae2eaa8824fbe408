-- Inserts or refreshes the known address $2 of the user $1 at the time $3, and deletes all but the
-- $4 most recently used addresses of the user.
WITH upserted AS (
    INSERT INTO auth_known_subnet AS existing (user_id, subnet, last_used_at)
    VALUES ($1, $2, $3)
    ON CONFLICT (user_id, subnet) DO UPDATE
    SET last_used_at = GREATEST(existing.last_used_at, excluded.last_used_at)
)
DELETE FROM auth_known_subnet WHERE user_id = $1 AND subnet IN (
    SELECT subnet FROM auth_known_subnet WHERE user_id = $1 AND subnet <> $2
    ORDER BY last_used_at DESC, subnet
    OFFSET $4 - 1 FOR UPDATE SKIP LOCKED
)
