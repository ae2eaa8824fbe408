-- Properties of a video, where a source has them.
ALTER TABLE video
    -- YouTube's number of the category.
    ADD COLUMN category smallint,
    ADD COLUMN duration_seconds integer,
    ADD COLUMN is_short boolean,
    -- none: never live; ended: the recording of a live stream or premiere.
    ADD COLUMN live_state text CHECK (live_state IN ('none', 'live', 'ended')),
    -- BCP 47.
    ADD COLUMN language text,
    ADD COLUMN comment_count bigint,
    -- When YouTube no longer returned it. It is not in the search index.
    ADD COLUMN removed_at timestamptz;

-- Videos that can be Shorts and are not classified.
CREATE INDEX video_unclassified ON video (channel_idx)
    WHERE is_short IS NULL AND duration_seconds <= 180;

-- Where data came from, and how current it is.
CREATE TABLE data_source (
    name text PRIMARY KEY CHECK (name IN ('demo', 'import', 'collector')),
    -- Made by a generator or a simulator.
    is_simulated boolean NOT NULL,
    newest_observation timestamptz,
    -- The last time that rows were stored.
    stored_at timestamptz,
    -- Why it does not work at the moment.
    problem text
);

-- Work of the collector. It is not in the catalogue tables: a trigger marks every changed row of
-- `video` for the search index, which a schedule would trigger at each check.

-- What an operator told the collector to follow.
CREATE TABLE collector_source (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('channel', 'chart', 'search')),
    -- A channel id; a region and category as KR or KR/10; a query.
    value text NOT NULL,
    -- The name of the channel when it was added or checked last.
    title text,
    added_at timestamptz NOT NULL,
    next_check_at timestamptz NOT NULL,
    -- Another process is checking it until then.
    claimed_until timestamptz NOT NULL DEFAULT '-infinity',
    last_success_at timestamptz,
    -- Failures since the last success.
    failures integer NOT NULL DEFAULT 0,
    last_error text,
    -- Validators of the last feed (HTTP).
    etag text,
    last_modified text,
    UNIQUE (kind, value)
);
CREATE INDEX collector_source_by_next_check ON collector_source (next_check_at);

-- Channels whose statistics are read daily: sources and the channels of tracked videos.
CREATE TABLE collector_channel (
    channel_id text PRIMARY KEY,
    next_check_at timestamptz NOT NULL,
    claimed_until timestamptz NOT NULL DEFAULT '-infinity',
    checked_at timestamptz,
    -- Checks in a row in which YouTube did not return it.
    misses integer NOT NULL DEFAULT 0,
    -- When its Shorts were last listed.
    shorts_checked_at timestamptz NOT NULL DEFAULT '-infinity'
);
CREATE INDEX collector_channel_by_next_check ON collector_channel (next_check_at);

-- Videos whose statistics are read at the ages of a schedule.
CREATE TABLE collector_video (
    video_id text PRIMARY KEY,
    published_at timestamptz NOT NULL,
    next_check_at timestamptz NOT NULL,
    claimed_until timestamptz NOT NULL DEFAULT '-infinity',
    checked_at timestamptz,
    misses integer NOT NULL DEFAULT 0,
    -- When texts and properties were last read; checks in between read only counts.
    texts_at timestamptz NOT NULL DEFAULT '-infinity',
    -- After three misses it is no longer checked.
    removed_at timestamptz
);
CREATE INDEX collector_video_by_next_check ON collector_video (next_check_at)
    WHERE removed_at IS NULL;

-- Units reserved per day in Los Angeles, the time zone of quotas.
CREATE TABLE collector_quota (
    day date NOT NULL,
    bucket text NOT NULL,
    used integer NOT NULL,
    daily_limit integer NOT NULL,
    -- YouTube reported that the quota is used up.
    exhausted boolean NOT NULL DEFAULT false,
    PRIMARY KEY (day, bucket)
);
