-- Whether there is a row in any of the tables.
SELECT EXISTS (SELECT FROM channel)
    OR EXISTS (SELECT FROM video)
    OR EXISTS (SELECT FROM video_keyword_new)
    OR EXISTS (SELECT FROM video_views)
    OR EXISTS (SELECT FROM video_likes)
    OR EXISTS (SELECT FROM channel_subscriber)
    OR EXISTS (SELECT FROM channel_views);
