-- The tables grow from batch to batch: plans that triggers keep would not fit any more.
DISCARD PLANS;

TRUNCATE staged_channel, staged_video, staged_video_keyword_new, staged_video_views, staged_video_likes,
    staged_channel_subscriber, staged_channel_views, known_channel, known_video;
