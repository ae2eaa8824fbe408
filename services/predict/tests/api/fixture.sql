-- Rows of the videos in fixture.rs. Video 6 has no row, video 4 no channel.
INSERT INTO channel (idx, channel_name, channel_id, thumbnail_url, subscriber_num) VALUES
    (1, '오늘의 먹방', 'UC-1', 'https://yt3.ggpht.com/1', 1000),
    (2, NULL, 'UC-2', NULL, 0);
INSERT INTO video (idx, video_name, video_id, upload_time, channel_idx, thumbnail_url) VALUES
    (1, '라면 먹방', 'id-1', pg_temp.ago(1, '00:30'), 1, 'https://i.ytimg.com/vi/id-1/1.jpg'),
    (2, '광고 먹방', 'id-2', pg_temp.ago(30, '00:30'), 1, 'https://i.ytimg.com/vi/id-2/1.jpg'),
    (3, '옛날 먹방', 'id-3', pg_temp.ago(31, '23:30'), 1, NULL),
    (4, '브이로그', 'id-4', pg_temp.ago(3, '12:00'), NULL, 'https://i.ytimg.com/vi/id-4/1.jpg'),
    (5, '먹방 브이로그', 'id-5', pg_temp.ago(4, '12:00'), 2, 'https://i.ytimg.com/vi/id-5/1.jpg');
INSERT INTO video (idx, video_name, video_id, upload_time, channel_idx)
    SELECT n, '요리 ' || n, 'id-' || n, pg_temp.ago(6, '12:00'), 1 FROM generate_series(11, 19) AS n;
