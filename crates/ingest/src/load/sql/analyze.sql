ANALYZE channel, video, video_keyword_new, video_views, video_likes,
    channel_subscriber, channel_views;
