-- The watchlist of the user $1, oldest first.
SELECT w.id, w.channel_idx, COALESCE(k.name, w.keyword, c.channel_name, '') AS name,
    c.thumbnail_url, w.note, w.created_at
FROM auth_watch w
LEFT JOIN keyword k ON k.key = w.keyword_key
LEFT JOIN channel c ON c.idx = w.channel_idx
WHERE w.user_id = $1
ORDER BY w.id
