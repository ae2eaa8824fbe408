-- Inserts missing keywords of new videos and of later observations, in the order of rows and tags.
-- OFFSET 0 forces an index lookup per keyword instead of a scan of the table. Returns the number of
-- keywords, and the stored videos that got keywords.
WITH missing AS (
    SELECT s.index, v.idx, v.is_new, s.keyword
    FROM staged_video_keyword_new s
    JOIN known_video v ON v.index = s.video_index
    WHERE v.is_new
        OR v.is_latest AND NOT EXISTS (
            SELECT FROM video_keyword_new k
            WHERE k.video_idx = v.idx AND k.keyword = s.keyword
            OFFSET 0
        )
), inserted AS (
    INSERT INTO video_keyword_new (video_idx, keyword)
    SELECT idx, keyword FROM missing ORDER BY index
)
SELECT
    (SELECT count(*) FROM missing),
    coalesce((SELECT array_agg(DISTINCT idx) FROM missing WHERE NOT is_new), '{}');
