-- The tables of the Django API. On its database every table exists already, and nothing is
-- changed.

CREATE TABLE IF NOT EXISTS channel (
    idx serial PRIMARY KEY,
    channel_name varchar(100),
    channel_id varchar(200) NOT NULL,
    channel_description varchar(3000),
    channel_start_date date,
    processed boolean,
    upload_id varchar(1000),
    hidden_subscriber boolean,
    thumbnail_url varchar(200),
    temp varchar(100),
    status boolean,
    subscriber_num integer NOT NULL
);

CREATE TABLE IF NOT EXISTS video (
    idx serial PRIMARY KEY,
    video_name varchar(500) NOT NULL,
    video_description varchar(5000),
    video_id varchar(100) NOT NULL UNIQUE,
    upload_time timestamptz NOT NULL,
    channel_idx integer REFERENCES channel (idx),
    processed boolean,
    thumbnail_url varchar(200),
    thumbnail_processed boolean,
    forbidden boolean,
    views integer,
    views_growth integer,
    popularity double precision,
    crawled boolean
);

CREATE TABLE IF NOT EXISTS video_keyword_new (
    idx serial PRIMARY KEY,
    video_idx integer NOT NULL REFERENCES video (idx),
    keyword varchar(100) NOT NULL,
    UNIQUE (video_idx, keyword)
);

CREATE TABLE IF NOT EXISTS video_views (
    idx serial PRIMARY KEY,
    video_idx integer NOT NULL REFERENCES video (idx),
    views integer NOT NULL,
    check_time timestamptz NOT NULL
);

CREATE TABLE IF NOT EXISTS video_likes (
    idx serial PRIMARY KEY,
    video_idx integer NOT NULL REFERENCES video (idx),
    likes integer NOT NULL,
    dislikes integer,
    check_time timestamptz NOT NULL
);

CREATE TABLE IF NOT EXISTS channel_subscriber (
    idx serial PRIMARY KEY,
    channel_idx integer NOT NULL REFERENCES channel (idx),
    subscriber_num varchar(50) NOT NULL,
    check_time timestamptz NOT NULL
);

CREATE TABLE IF NOT EXISTS channel_views (
    idx serial PRIMARY KEY,
    channel_idx integer NOT NULL REFERENCES channel (idx),
    view_count integer NOT NULL,
    check_time timestamptz NOT NULL
);

CREATE TABLE IF NOT EXISTS auth_user (
    id serial PRIMARY KEY,
    password varchar(128) NOT NULL,
    last_login timestamptz,
    is_superuser boolean NOT NULL,
    username varchar(150) NOT NULL UNIQUE,
    first_name varchar(150) NOT NULL,
    last_name varchar(150) NOT NULL,
    email varchar(254) NOT NULL,
    is_staff boolean NOT NULL,
    is_active boolean NOT NULL,
    date_joined timestamptz NOT NULL
);

CREATE TABLE IF NOT EXISTS accounts_userinfo (
    id serial PRIMARY KEY,
    phone varchar(45),
    on_subscribe boolean,
    own_channel integer REFERENCES channel (idx),
    user_id integer NOT NULL UNIQUE REFERENCES auth_user (id)
);
