-- Four channels. pg_temp.ago(days, clock) is a time of day in Seoul, that many days ago.
--
-- | channel | subscribers | videos | views of the channel | series of subscribers |
-- |---|---|---|---|---|
-- | 1 먹방 Kitchen | 1000 | 7 | 2500, latest | 60, 20 and 1 days ago |
-- | 2 Kitchen 100%_Off | 5000 | 1 | none | none |
-- | 3 (no name) | 0 | 0 | 70 | 30 days ago only |
-- | 4 게임 | 5000 | 0 | none | none |

INSERT INTO channel (idx, channel_name, channel_id, channel_description, channel_start_date, thumbnail_url, status, subscriber_num)
VALUES
    (1, '먹방 Kitchen', 'UC1', '혼자 먹어요', '2019-03-02', 'https://yt3.example/1.jpg', true, 1000),
    (2, 'Kitchen 100%_Off', 'UC2', NULL, NULL, NULL, NULL, 5000),
    (3, NULL, 'UC3', NULL, NULL, NULL, false, 0),
    (4, '게임', 'UC4', '', '2020-01-01', 'https://yt3.example/4.jpg', true, 5000);

INSERT INTO channel_views (channel_idx, view_count, check_time) VALUES
    (1, 2000, pg_temp.ago(2, '09:00')),
    (1, 2500, pg_temp.ago(1, '09:00')),
    (3, 70, pg_temp.ago(1, '09:00'));

INSERT INTO channel_subscriber (channel_idx, subscriber_num, check_time) VALUES
    (1, '800', pg_temp.ago(60, '09:00')),
    (1, '1050', pg_temp.ago(1, '23:30')),
    (1, '900', pg_temp.ago(20, '00:30')),
    (1, '1040', pg_temp.ago(1, '00:30')),
    (3, '5', pg_temp.ago(30, '09:00'));

-- | video | uploaded | views | growth | tags |
-- |---|---|---|---|---|
-- | 11 | 1 day ago, 23:30 | 300 | 30 | 먹방, 라면, 먹방 Kitchen |
-- | 12 | 1 day ago, 00:30 | 200 | 40 | 라면, 먹방 |
-- | 13 | 2 days ago | 5,000,000,000 | unknown | 라면 |
-- | 14 | 3 days ago | unknown | 50 | 혼밥 |
-- | 15 | 4 days ago | 200 | 10 | none |
-- | 16 | 5 days ago | 100 | 20 | 혼밥 |
-- | 17 | 40 days ago | 150 | 60 | 옛날 |
INSERT INTO video (idx, channel_idx, video_name, video_description, video_id, upload_time, views, views_growth, thumbnail_url, processed, thumbnail_processed)
VALUES
    (11, 1, 'evening', 'late', 'id-11', pg_temp.ago(1, '23:30'), 300, 30, 'https://i.example/11.jpg', true, false),
    (12, 1, 'midnight', NULL, 'id-12', pg_temp.ago(1, '00:30'), 200, 40, 'https://i.example/12.jpg', NULL, NULL),
    (13, 1, 'huge', NULL, 'id-13', pg_temp.ago(2, '12:00'), 5000000000, NULL, NULL, NULL, NULL),
    (14, 1, 'unseen', NULL, 'id-14', pg_temp.ago(3, '12:00'), NULL, 50, NULL, NULL, NULL),
    (15, 1, 'plain', NULL, 'id-15', pg_temp.ago(4, '12:00'), 200, 10, NULL, NULL, NULL),
    (16, 1, 'fifth', NULL, 'id-16', pg_temp.ago(5, '12:00'), 100, 20, NULL, NULL, NULL),
    (17, 1, 'old', NULL, 'id-17', pg_temp.ago(40, '12:00'), 150, 60, NULL, NULL, NULL),
    (21, 2, 'other', NULL, 'id-21', pg_temp.ago(1, '12:00'), 9, 9, NULL, NULL, NULL);

INSERT INTO video_keyword_new (video_idx, keyword) VALUES
    (11, '먹방'), (11, '라면'), (11, '먹방 Kitchen'),
    (12, '라면'), (12, '먹방'),
    (13, '라면'), (14, '혼밥'), (16, '혼밥'), (17, '옛날'), (21, 'other');

INSERT INTO video_views (video_idx, views, check_time) VALUES
    (11, 300, pg_temp.ago(0, '00:00')),
    (11, 100, pg_temp.ago(1, '23:45')),
    (13, 5000000000, pg_temp.ago(1, '12:00'));
