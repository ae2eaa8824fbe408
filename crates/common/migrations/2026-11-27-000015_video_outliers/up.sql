-- Rollups of videos, which ingest refreshes after the rows change: docs/METHODS.md.

-- The views of a video at standard ages, interpolated between two observations; NULL if unknown.
CREATE TABLE video_age_views (
    video_idx integer PRIMARY KEY,
    channel_idx integer,
    upload_time timestamptz NOT NULL,
    length text NOT NULL CHECK (length IN ('shorts', 'long', 'unknown')),
    category smallint,
    day_1 bigint,
    day_2 bigint,
    day_3 bigint,
    day_7 bigint,
    day_14 bigint,
    day_28 bigint,
    -- The newest observation.
    observed_at timestamptz,
    -- The views gained in the 24 hours before it; NULL if unknown or older than the chart.
    gained_24h bigint
);
CREATE INDEX video_age_views_by_channel ON video_age_views (channel_idx, upload_time);
CREATE INDEX video_age_views_by_gain ON video_age_views (gained_24h DESC, video_idx)
    INCLUDE (category, length) WHERE gained_24h IS NOT NULL;
CREATE INDEX video_age_views_by_category_gain
    ON video_age_views (category, gained_24h DESC, video_idx)
    INCLUDE (length) WHERE gained_24h IS NOT NULL;
CREATE INDEX video_age_views_by_observation ON video_age_views (observed_at)
    WHERE gained_24h IS NOT NULL;

-- The views of a video compared with those of the channel's earlier videos of the same length at
-- the same age.
CREATE TABLE video_outlier (
    video_idx integer PRIMARY KEY,
    channel_idx integer NOT NULL,
    upload_time timestamptz NOT NULL,
    length text NOT NULL,
    category smallint,
    subscribers integer NOT NULL,
    -- The latest standard age at which enough earlier videos are known.
    age_days smallint NOT NULL,
    views bigint NOT NULL,
    -- The median of the earlier videos.
    expected_views double precision NOT NULL,
    -- The number of earlier videos.
    sample smallint NOT NULL,
    ratio double precision NOT NULL,
    ratio_shrunk double precision NOT NULL,
    -- The ratio at the age of three days.
    day_3_ratio double precision
);
CREATE INDEX video_outlier_by_ratio ON video_outlier (ratio_shrunk DESC, video_idx)
    INCLUDE (upload_time, category, length, subscribers) WHERE ratio_shrunk >= 2;
CREATE INDEX video_outlier_by_category_ratio
    ON video_outlier (category, ratio_shrunk DESC, video_idx)
    INCLUDE (upload_time, length, subscribers) WHERE ratio_shrunk >= 2;
CREATE INDEX video_outlier_by_upload_time ON video_outlier (upload_time)
    INCLUDE (ratio_shrunk, category, length, subscribers, video_idx) WHERE ratio_shrunk >= 2;
CREATE INDEX video_outlier_by_channel ON video_outlier (channel_idx, upload_time DESC);
CREATE INDEX video_outlier_by_category ON video_outlier (category, upload_time DESC)
    INCLUDE (day_3_ratio) WHERE day_3_ratio IS NOT NULL;

-- Which changes the rollups contain: videos that changed before, and observations up to an idx.
CREATE TABLE video_rollup (
    id integer PRIMARY KEY CHECK (id = 1),
    changed_until timestamptz NOT NULL,
    last_views_idx integer NOT NULL
);
