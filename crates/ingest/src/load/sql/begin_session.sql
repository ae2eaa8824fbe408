-- The temporary tables of a loading session; each batch empties them first.
-- `index` is the position of a row in its batch, from 0.

SET jit = off;
SET work_mem = '64MB';

CREATE TEMP TABLE staged_channel (
    index integer,
    channel_id text,
    channel_name text,
    channel_description text,
    channel_start_date date,
    thumbnail_url text,
    hidden_subscriber boolean,
    subscriber_num integer,
    subscriber_estimated boolean,
    upload_count bigint
);

CREATE TEMP TABLE staged_video (
    index integer,
    video_id text,
    channel_index integer,
    video_name text,
    video_description text,
    upload_time timestamptz,
    thumbnail_url text,
    views bigint,
    views_growth bigint,
    popularity double precision,
    popularity_estimated boolean,
    crawled boolean,
    category smallint,
    duration_seconds integer,
    is_short boolean,
    live_state text,
    language text,
    comment_count bigint
);

-- The observation of the texts of staged videos, and whether their keywords are known.
CREATE TEMP TABLE staged_video_update (
    index integer,
    observed timestamptz,
    observed_views bigint,
    has_tags boolean
);

CREATE TEMP TABLE staged_video_keyword_new (
    index integer,
    video_index integer,
    keyword text
);

CREATE TEMP TABLE staged_video_views (
    index integer,
    video_index integer,
    views bigint,
    check_time timestamptz
);

CREATE TEMP TABLE staged_video_likes (
    index integer,
    video_index integer,
    likes bigint,
    dislikes bigint,
    check_time timestamptz
);

CREATE TEMP TABLE staged_channel_subscriber (
    index integer,
    channel_index integer,
    subscriber_num text,
    check_time timestamptz
);

CREATE TEMP TABLE staged_channel_views (
    index integer,
    channel_index integer,
    view_count bigint,
    check_time timestamptz
);

-- The ids of staged rows in the real tables. Rows with is_new were inserted by this transaction:
-- no stored row refers to them. Rows with is_latest are stored, and the staged observation is not
-- older. Rows with moves are stored with another channel, which the staged one replaces.
CREATE TEMP TABLE known_channel (
    index integer,
    idx integer,
    is_new boolean
);

CREATE TEMP TABLE known_video (
    index integer,
    idx integer,
    is_new boolean,
    is_latest boolean NOT NULL DEFAULT false,
    moves boolean NOT NULL DEFAULT false
);

-- The videos and channels whose derived columns are to be updated, and the latest counts of these
-- videos.
CREATE TEMP TABLE video_to_derive (
    idx integer PRIMARY KEY,
    imported boolean NOT NULL
);

CREATE TEMP TABLE channel_to_derive (
    idx integer PRIMARY KEY
);

-- Channels whose subscribers changed.
CREATE TEMP TABLE changed_channel (
    idx integer PRIMARY KEY
);

CREATE TEMP TABLE latest_count (
    idx integer PRIMARY KEY,
    views bigint NOT NULL,
    views_growth bigint NOT NULL
);
