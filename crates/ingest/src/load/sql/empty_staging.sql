-- Discards cached plans of triggers: the tables grow with each batch.
DISCARD PLANS;

TRUNCATE staged_channel, staged_video, staged_video_update, staged_video_keyword_new,
    staged_video_views, staged_video_likes, staged_channel_subscriber, staged_channel_views, known_channel, known_video;
