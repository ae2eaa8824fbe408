-- The keywords that are missing, in the order of the rows and of the tags in them.
-- OFFSET 0 makes PostgreSQL look each one up; otherwise it reads the whole table.
INSERT INTO video_keyword_new (video_idx, keyword)
SELECT v.idx, s.keyword
FROM staged_video_keyword_new s
JOIN known_video v ON v.place = s.video_place
WHERE v.fresh
    OR NOT EXISTS (
        SELECT FROM video_keyword_new k
        WHERE k.video_idx = v.idx AND k.keyword = s.keyword
        OFFSET 0
    )
ORDER BY s.place;
