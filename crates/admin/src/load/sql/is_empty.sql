-- Whether there is no row in any of the tables.
SELECT NOT EXISTS (SELECT FROM channel)
    AND NOT EXISTS (SELECT FROM video)
    AND NOT EXISTS (SELECT FROM video_keyword_new)
    AND NOT EXISTS (SELECT FROM video_views)
    AND NOT EXISTS (SELECT FROM video_likes)
    AND NOT EXISTS (SELECT FROM channel_subscriber)
    AND NOT EXISTS (SELECT FROM channel_views);
