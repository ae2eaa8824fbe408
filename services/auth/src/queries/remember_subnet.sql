-- Remembers that the user $1 has logged in from the subnet $2 at the moment $3, and forgets
-- all but the $4 subnets of the user that were used last.
WITH remembered AS (
    INSERT INTO auth_known_subnet AS known (user_id, subnet, last_used_at)
    VALUES ($1, $2, $3)
    ON CONFLICT (user_id, subnet) DO UPDATE
    SET last_used_at = GREATEST(known.last_used_at, excluded.last_used_at)
)
DELETE FROM auth_known_subnet WHERE user_id = $1 AND subnet IN (
    SELECT subnet FROM auth_known_subnet WHERE user_id = $1 AND subnet <> $2
    ORDER BY last_used_at DESC, subnet
    OFFSET $4 - 1 FOR UPDATE SKIP LOCKED
)
