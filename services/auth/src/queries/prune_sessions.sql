-- Deletes up to $2 of the sessions that expired before $1, except those that another
-- transaction has locked.
DELETE FROM auth_token WHERE jti IN (
    SELECT jti FROM auth_token WHERE expires_at < $1
    LIMIT $2 FOR UPDATE SKIP LOCKED
)
