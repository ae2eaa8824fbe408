-- Whether the newest column that loading needs exists, and views are 64-bit.
SELECT count(*) = 2
FROM information_schema.columns
WHERE table_schema = ANY (current_schemas(false))
    AND ((table_name = 'video' AND column_name = 'removed_at')
        OR (table_name = 'video_views' AND column_name = 'views' AND data_type = 'bigint'));
