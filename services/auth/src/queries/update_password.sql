-- Replaces the password hash $2 of the user $1 by $3, and deletes all sessions but $4.
WITH changed AS (
    UPDATE auth_user SET password = $3
    WHERE id = $1 AND password = $2 AND is_active
    RETURNING id
), ended AS (
    DELETE FROM auth_token WHERE user_id IN (SELECT id FROM changed) AND jti <> $4
)
SELECT count(*) AS rows FROM changed
