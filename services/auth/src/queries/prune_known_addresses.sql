-- Deletes up to $2 of the known addresses not used since $1, except those that another
-- transaction has locked.
DELETE FROM auth_known_subnet WHERE (user_id, subnet) IN (
    SELECT user_id, subnet FROM auth_known_subnet WHERE last_used_at < $1
    LIMIT $2 FOR UPDATE SKIP LOCKED
)
