-- Tags of the videos of some days.
CREATE TEMPORARY TABLE rollup_tag (
    day date NOT NULL,
    video_idx integer NOT NULL,
    channel_idx integer,
    views bigint,
    spelling text NOT NULL
) ON COMMIT DELETE ROWS;
-- Keywords whose number of channels changed on some day.
CREATE TEMPORARY TABLE rollup_keyword (keyword_idx integer NOT NULL) ON COMMIT DELETE ROWS;
SET statement_timeout = '30min';
-- All uses of a window are sorted; only one process does so.
SET work_mem = '64MB'
