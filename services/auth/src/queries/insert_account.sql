-- An account of the name $1 with the password's hash $2, made at the moment $3, its user
-- information, its first session: the token $4, until $5, and its first known subnet $6. All
-- or nothing.
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
), known AS (
    INSERT INTO auth_known_subnet (user_id, subnet, last_used_at)
    SELECT id, $6, $3 FROM account
)
INSERT INTO accounts_userinfo (user_id)
SELECT id FROM account
RETURNING id, user_id
