-- 64-bit counts: the most viewed videos exceed 32 bits. Rows are kept; columns that are
-- 64-bit already are not changed.

ALTER TABLE video
    ALTER COLUMN views TYPE bigint,
    ALTER COLUMN views_growth TYPE bigint;
ALTER TABLE video_views ALTER COLUMN views TYPE bigint;
ALTER TABLE video_likes
    ALTER COLUMN likes TYPE bigint,
    ALTER COLUMN dislikes TYPE bigint;
ALTER TABLE channel_views ALTER COLUMN view_count TYPE bigint;
