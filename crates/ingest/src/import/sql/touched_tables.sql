-- What the files of this import name; kept until the end of the session.

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
