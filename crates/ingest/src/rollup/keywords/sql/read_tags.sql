-- $1: days.
INSERT INTO rollup_tag (day, video_idx, channel_idx, views, spelling)
SELECT d.day, v.idx, v.channel_idx, v.views, k.keyword
FROM unnest($1::date[]) d (day)
JOIN video v ON v.upload_time >= d.day::timestamp AT TIME ZONE 'Asia/Seoul'
    AND v.upload_time < (d.day + 1)::timestamp AT TIME ZONE 'Asia/Seoul'
JOIN video_keyword_new k ON k.video_idx = v.idx
WHERE v.removed_at IS NULL
