-- Sets every sequence to the highest id in its table. A rolled back transaction has consumed
-- ids: without this, an interrupted and repeated import would assign other ids.

SELECT setval(pg_get_serial_sequence('channel', 'idx'), coalesce(max(idx), 1), max(idx) IS NOT NULL)
FROM channel;
SELECT setval(pg_get_serial_sequence('video', 'idx'), coalesce(max(idx), 1), max(idx) IS NOT NULL)
FROM video;
SELECT setval(pg_get_serial_sequence('video_keyword_new', 'idx'), coalesce(max(idx), 1), max(idx) IS NOT NULL)
FROM video_keyword_new;
SELECT setval(pg_get_serial_sequence('video_views', 'idx'), coalesce(max(idx), 1), max(idx) IS NOT NULL)
FROM video_views;
SELECT setval(pg_get_serial_sequence('video_likes', 'idx'), coalesce(max(idx), 1), max(idx) IS NOT NULL)
FROM video_likes;
SELECT setval(pg_get_serial_sequence('channel_subscriber', 'idx'), coalesce(max(idx), 1), max(idx) IS NOT NULL)
FROM channel_subscriber;
SELECT setval(pg_get_serial_sequence('channel_views', 'idx'), coalesce(max(idx), 1), max(idx) IS NOT NULL)
FROM channel_views;
