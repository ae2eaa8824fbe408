-- Counts a request with the API key whose hash is $1, in its window of $2 milliseconds; no row if
-- there is no such key or its account is inactive. A window starts with the first request after
-- the previous window. Beyond the limit $3, the count stays at $3 + 1. The clock of the
-- database is used: the clocks of replicas differ.
UPDATE auth_api_key AS k SET
    window_started_at = CASE
        WHEN k.window_started_at + $2 * interval '1 millisecond' > now() THEN k.window_started_at
        ELSE now()
    END,
    requests = CASE
        WHEN k.window_started_at + $2 * interval '1 millisecond' > now()
            THEN LEAST(k.requests, $3) + 1
        ELSE 1
    END,
    last_used_at = now()
FROM auth_user u
WHERE k.hash = $1 AND u.id = k.user_id AND u.is_active
RETURNING k.requests,
    extract(epoch FROM k.window_started_at + $2 * interval '1 millisecond' - now())
        ::double precision AS seconds_left
