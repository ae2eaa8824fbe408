-- Two channels and five videos. Video 1 has all related rows; the others each lack some.
--
-- Only videos 1 and 2 are of the last 14 days: mean popularity 0.75, mean views 40,000.

INSERT INTO channel
    (idx, channel_id, channel_name,  channel_description,   thumbnail_url,                   subscriber_num)
VALUES
    (1,   'UC-1',     '오늘의 먹방', '매일 저녁을 먹습니다.', 'https://yt3.ggpht.com/ytc/UC-1', 48000),
    (2,   'UC-2',     NULL,          NULL,                  NULL,                            0);

INSERT INTO video
    (idx, channel_idx, video_id, upload_time,                video_name,        video_description, thumbnail_url,                             views, popularity)
VALUES
    (1,   1,           'id-1',   pg_temp.ago( 3, '18:00'), '혼자 먹는 저녁', '라면 두 개',      'https://i.ytimg.com/vi/id-1/default.jpg', 60000, 1.25),
    (2,   NULL,        'id-2',   pg_temp.ago(10, '09:00'), '채널 없는 영상', '',                'https://i.ytimg.com/vi/id-2/default.jpg', 20000, 0.25),
    (3,   1,           'id-3',   pg_temp.ago(30, '12:00'), '아직 본 적 없음', NULL,              NULL,                                      NULL,  NULL),
    (4,   2,           'id-4',   pg_temp.ago(40, '12:00'), '이름 없는 채널', NULL,              NULL,                                      7,     0),
    (5,   1,           'id-5',   pg_temp.ago(50, '12:00'), '순서',           NULL,              NULL,                                      3,     0.1);

-- Tags are ordered by idx.
INSERT INTO video_keyword_new
    (idx, video_idx, keyword)
VALUES
    (12,  1,         '라면'),
    (13,  1,         '일상'),
    (11,  1,         '먹방'),
    (21,  2,         '채널');

-- Two counts on the same day: 00:30 in Seoul is the previous day in UTC.
INSERT INTO video_views
    (video_idx, check_time,               views)
VALUES
    (1,         pg_temp.ago(1, '18:00'), 60000),
    (1,         pg_temp.ago(2, '23:30'), 30000),
    (1,         pg_temp.ago(2, '00:30'), 9000),
    (1,         pg_temp.ago(3, '18:30'), 100),
    (2,         pg_temp.ago(1, '09:00'), 20000);

INSERT INTO video_likes
    (video_idx, check_time,               likes, dislikes)
VALUES
    (1,         pg_temp.ago(2, '18:00'), 300,   4),
    (1,         pg_temp.ago(1, '18:00'), 900,   NULL),
    (1,         pg_temp.ago(3, '18:30'), 0,     0);

-- Equal timestamps: likes are ordered by descending idx, views by ascending idx.
INSERT INTO video_likes
    (idx, video_idx, check_time,                likes)
VALUES
    (501, 5,         pg_temp.ago(49, '12:00'), 1),
    (503, 5,         pg_temp.ago(49, '12:00'), 3),
    (502, 5,         pg_temp.ago(49, '12:00'), 2);

INSERT INTO video_views
    (idx, video_idx, check_time,                views)
VALUES
    (502, 5,         pg_temp.ago(49, '12:00'), 2),
    (501, 5,         pg_temp.ago(49, '12:00'), 1),
    (503, 5,         pg_temp.ago(49, '12:00'), 3);
