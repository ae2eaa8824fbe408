-- Starts a session of the user $1 at the time $2 with the token id $3, which expires at $4, and
-- replaces the password hash $5, which was verified, by $6. Does nothing if the hash has changed
-- in the meantime or the account is inactive.
WITH updated_user AS (
    UPDATE auth_user SET last_login = $2, password = $6
    WHERE id = $1 AND password = $5 AND is_active
    RETURNING id
)
INSERT INTO auth_token (user_id, jti, expires_at)
SELECT id, $3, $4 FROM updated_user
