-- Blocks other writers while sequences are read and set.
SET LOCAL lock_timeout = '1min';
LOCK TABLE channel, video, video_keyword_new, video_views, video_likes,
    channel_subscriber, channel_views IN SHARE ROW EXCLUSIVE MODE;
