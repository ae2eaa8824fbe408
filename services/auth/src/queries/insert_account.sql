-- Inserts an account with the name $1 and the password hash $2 at the time $3, its user
-- information, its first session with the token id $4, which expires at $5, and its first known
-- address $6.
WITH account AS (
    INSERT INTO auth_user (
        username, password, date_joined, is_active, is_superuser, is_staff,
        first_name, last_name, email
    )
    VALUES ($1, $2, $3, true, false, false, '', '', '')
    RETURNING id
), session AS (
    INSERT INTO auth_token (user_id, jti, expires_at)
    SELECT id, $4, $5 FROM account
), known_address AS (
    INSERT INTO auth_known_subnet (user_id, subnet, last_used_at)
    SELECT id, $6, $3 FROM account
)
INSERT INTO accounts_userinfo (user_id)
SELECT id FROM account
RETURNING id, user_id
