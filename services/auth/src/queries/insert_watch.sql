-- Adds to the watchlist of the user $1 the keyword $3 with the key $2, or the channel $4, with the
-- note $5 at the time $6; replaces the note if it is there already.
WITH keyword_row AS (
    INSERT INTO auth_watch (user_id, keyword_key, keyword, note, created_at)
    SELECT $1, $2, $3, $5, $6 WHERE $2 IS NOT NULL
    ON CONFLICT (user_id, keyword_key) DO UPDATE SET note = excluded.note
    RETURNING *
), channel_row AS (
    INSERT INTO auth_watch (user_id, channel_idx, note, created_at)
    SELECT $1, $4, $5, $6 WHERE $4 IS NOT NULL
    ON CONFLICT (user_id, channel_idx) DO UPDATE SET note = excluded.note
    RETURNING *
)
SELECT w.id, w.channel_idx, COALESCE(k.name, w.keyword, c.channel_name, '') AS name,
    c.thumbnail_url, w.note, w.created_at
FROM (SELECT * FROM keyword_row UNION ALL SELECT * FROM channel_row) w
LEFT JOIN keyword k ON k.key = w.keyword_key
LEFT JOIN channel c ON c.idx = w.channel_idx
