-- The tables grow from batch to batch: plans that triggers keep would not fit any more.
DISCARD PLANS;

TRUNCATE staged_channel, staged_video, staged_keyword, staged_views, staged_likes,
    staged_subscribers, staged_channel_views, known_channel, known_video;
