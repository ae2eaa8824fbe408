-- Statistics for the following statements: autovacuum does not see uncommitted rows.
ANALYZE channel (idx), video (idx, channel_idx), video_views (video_idx, check_time);
