-- The user $1 logs in at the moment $2, with the token $3, until $4. The password was
-- checked against the hash $5, which $6 replaces; where somebody has changed it since, or
-- the account is no longer active, nothing happens.
WITH entered AS (
    UPDATE auth_user SET last_login = $2, password = $6
    WHERE id = $1 AND password = $5 AND is_active
    RETURNING id
)
INSERT INTO auth_token (user_id, jti, expires_at)
SELECT id, $3, $4 FROM entered
