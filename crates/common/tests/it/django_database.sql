-- A database of the Django API: tables of its crawler (varchar, serial) and of Django (auth_user,
-- accounts_userinfo, django_migrations), with rows in each.

CREATE TABLE channel (
    idx serial PRIMARY KEY, channel_name varchar(100), channel_id varchar(200) NOT NULL,
    channel_description varchar(3000), channel_start_date date, processed boolean,
    upload_id varchar(1000), hidden_subscriber boolean, thumbnail_url varchar(200),
    temp varchar(100), status boolean, subscriber_num integer NOT NULL DEFAULT 0);
CREATE TABLE video (
    idx serial PRIMARY KEY, video_name varchar(500) NOT NULL, video_description varchar(5000),
    video_id varchar(100) NOT NULL UNIQUE, upload_time timestamptz NOT NULL,
    channel_idx integer REFERENCES channel (idx), processed boolean, thumbnail_url varchar(200),
    thumbnail_processed boolean, forbidden boolean, views integer, views_growth integer,
    popularity double precision, crawled boolean DEFAULT false);
CREATE TABLE video_keyword_new (
    idx serial PRIMARY KEY, video_idx integer NOT NULL REFERENCES video (idx),
    keyword varchar(100) NOT NULL,
    CONSTRAINT video_keyword_new_pair UNIQUE (video_idx, keyword));
CREATE TABLE video_views (
    idx serial PRIMARY KEY, video_idx integer NOT NULL REFERENCES video (idx),
    views integer NOT NULL, check_time timestamptz NOT NULL);
CREATE TABLE video_likes (
    idx serial PRIMARY KEY, video_idx integer NOT NULL REFERENCES video (idx),
    likes integer NOT NULL, dislikes integer, check_time timestamptz NOT NULL);
CREATE TABLE channel_subscriber (
    idx serial PRIMARY KEY, channel_idx integer NOT NULL REFERENCES channel (idx),
    subscriber_num varchar(50) NOT NULL, check_time timestamptz NOT NULL);
CREATE TABLE channel_views (
    idx serial PRIMARY KEY, channel_idx integer NOT NULL REFERENCES channel (idx),
    view_count integer NOT NULL, check_time timestamptz NOT NULL);
CREATE TABLE auth_user (
    id serial PRIMARY KEY, password varchar(128) NOT NULL, last_login timestamptz,
    is_superuser boolean NOT NULL, username varchar(150) NOT NULL UNIQUE,
    first_name varchar(30) NOT NULL, last_name varchar(150) NOT NULL,
    email varchar(254) NOT NULL, is_staff boolean NOT NULL, is_active boolean NOT NULL,
    date_joined timestamptz NOT NULL);
CREATE INDEX auth_user_username_6821ab7c_like ON auth_user (username varchar_pattern_ops);
CREATE TABLE accounts_userinfo (
    id serial PRIMARY KEY, phone varchar(45), on_subscribe boolean,
    own_channel integer REFERENCES channel (idx) DEFERRABLE INITIALLY DEFERRED,
    user_id integer NOT NULL UNIQUE REFERENCES auth_user (id) DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE django_migrations (
    id serial PRIMARY KEY, app varchar(255) NOT NULL, name varchar(255) NOT NULL,
    applied timestamptz NOT NULL);

INSERT INTO channel (channel_name, channel_id, channel_start_date, subscriber_num) VALUES
    ('보겸 BK', 'UCu9BCtGIEr73LXZsKmoujKw', '2013-05-01', 3800000),
    (NULL, 'UC-without-a-name', NULL, 0);
INSERT INTO video (video_name, video_id, upload_time, channel_idx, views, views_growth, popularity, crawled) VALUES
    ('안녕하세요 보겸입니다', 'uq5LClQN3cE', '2020-08-09 09:32:48+00', 1, 2147483647, 1000, 1.56, true),
    ('no channel', 'I-ZbZCHsHD0', '2020-08-12 09:00:08+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO video_keyword_new (video_idx, keyword) VALUES (1, '보겸'), (1, 'bokyem');
INSERT INTO video_views (video_idx, views, check_time) VALUES (1, 5947503, '2020-08-12 00:00+00');
INSERT INTO video_likes (video_idx, likes, dislikes, check_time) VALUES
    (1, 53326, 105756, '2020-08-12 00:00+00'), (1, 53327, NULL, '2020-08-13 00:00+00');
INSERT INTO channel_subscriber (channel_idx, subscriber_num, check_time) VALUES
    (1, '3800000', '2020-08-12 00:00+00');
INSERT INTO channel_views (channel_idx, view_count, check_time) VALUES
    (1, 2000000000, '2020-08-12 00:00+00');
INSERT INTO auth_user (password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined) VALUES
    ('pbkdf2_sha256$216000$salt$aGFzaA==', false, 'creator', '', '', '', false, true, '2020-08-12 00:00+00');
INSERT INTO accounts_userinfo (own_channel, user_id) VALUES (1, 1);
