-- The temporary tables of a loading session; each batch empties them first.
-- `place` is a row's number in its batch.

SET jit = off;
SET work_mem = '64MB';

CREATE TEMP TABLE staged_channel (
    place integer,
    channel_id text,
    channel_name text,
    channel_description text,
    channel_start_date date,
    thumbnail_url text,
    hidden_subscriber boolean,
    subscriber_num integer
);

CREATE TEMP TABLE staged_video (
    place integer,
    video_id text,
    channel_place integer,
    video_name text,
    video_description text,
    upload_time timestamptz,
    thumbnail_url text,
    views bigint,
    views_growth bigint,
    popularity double precision,
    crawled boolean
);

CREATE TEMP TABLE staged_video_keyword_new (
    place integer,
    video_place integer,
    keyword text
);

CREATE TEMP TABLE staged_video_views (
    place integer,
    video_place integer,
    views bigint,
    check_time timestamptz
);

CREATE TEMP TABLE staged_video_likes (
    place integer,
    video_place integer,
    likes bigint,
    dislikes bigint,
    check_time timestamptz
);

CREATE TEMP TABLE staged_channel_subscriber (
    place integer,
    channel_place integer,
    subscriber_num text,
    check_time timestamptz
);

CREATE TEMP TABLE staged_channel_views (
    place integer,
    channel_place integer,
    view_count bigint,
    check_time timestamptz
);

-- Which row of the real table a staged row is. A fresh one was inserted by this
-- transaction, so that nothing can refer to it yet but what follows.
CREATE TEMP TABLE known_channel (
    place integer,
    idx integer,
    fresh boolean
);

CREATE TEMP TABLE known_video (
    place integer,
    idx integer,
    fresh boolean
);

-- The videos and channels whose derived columns are to be updated, and their latest counts.
CREATE TEMP TABLE touched_video (
    idx integer PRIMARY KEY,
    imported boolean NOT NULL
);

CREATE TEMP TABLE touched_channel (
    idx integer PRIMARY KEY
);

CREATE TEMP TABLE latest_count (
    idx integer PRIMARY KEY,
    views bigint NOT NULL,
    views_growth bigint NOT NULL
);
