-- Deletes the user $1 with the password hash $2. Foreign keys of the other tables cascade; the
-- foreign key of accounts_userinfo, created by Django, does not.
WITH info AS (
    DELETE FROM accounts_userinfo
    WHERE user_id IN (SELECT id FROM auth_user WHERE id = $1 AND password = $2)
)
DELETE FROM auth_user WHERE id = $1 AND password = $2
