-- The next id of each table.
SELECT
    (SELECT coalesce(max(idx), 0) + 1 FROM channel) AS channels,
    (SELECT coalesce(max(idx), 0) + 1 FROM video) AS videos,
    (SELECT coalesce(max(idx), 0) + 1 FROM video_keyword_new) AS keywords,
    (SELECT coalesce(max(idx), 0) + 1 FROM video_views) AS views,
    (SELECT coalesce(max(idx), 0) + 1 FROM video_likes) AS likes,
    (SELECT coalesce(max(idx), 0) + 1 FROM channel_subscriber) AS subscribers,
    (SELECT coalesce(max(idx), 0) + 1 FROM channel_views) AS channel_views;
