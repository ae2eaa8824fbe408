-- The largest videos have more views than 32 bits hold. Rows are kept; on
-- columns that are wide already PostgreSQL does nothing.

ALTER TABLE video
    ALTER COLUMN views TYPE bigint,
    ALTER COLUMN views_growth TYPE bigint;
ALTER TABLE video_views ALTER COLUMN views TYPE bigint;
ALTER TABLE video_likes
    ALTER COLUMN likes TYPE bigint,
    ALTER COLUMN dislikes TYPE bigint;
ALTER TABLE channel_views ALTER COLUMN view_count TYPE bigint;
