-- Nobody but this transaction sees what it filled: the plans of what follows need to know.
ANALYZE channel (idx), video (idx, channel_idx), video_views (video_idx, check_time);
