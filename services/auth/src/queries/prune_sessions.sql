-- Removes up to $2 of the sessions that expired before $1, but none that somebody else is
-- removing.
DELETE FROM auth_token WHERE jti IN (
    SELECT jti FROM auth_token WHERE expires_at < $1
    LIMIT $2 FOR UPDATE SKIP LOCKED
)
