-- Work of the collector. The catalogue tables stay as they are: a trigger marks every changed row
-- of `video` for the search index, which a schedule would trigger at each check.

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
    misses integer NOT NULL DEFAULT 0
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
    -- YouTube reported that the quota is used up.
    exhausted boolean NOT NULL DEFAULT false,
    PRIMARY KEY (day, bucket)
);
