-- Exclusive access: constraints are checked at the end.
SET LOCAL lock_timeout = '1min';
SET LOCAL maintenance_work_mem = '256MB';
LOCK TABLE channel, video, video_keyword_new, video_views, video_likes,
    channel_subscriber, channel_views IN ACCESS EXCLUSIVE MODE;
