-- Deletes the keywords of stored videos that a later observation does not have. Returns
-- their videos.
DELETE FROM video_keyword_new k
USING known_video v, staged_video_update u
WHERE v.is_latest
    AND u.index = v.index
    AND u.has_tags
    AND k.video_idx = v.idx
    AND NOT EXISTS (
        SELECT FROM staged_video_keyword_new s
        WHERE s.video_index = v.index AND s.keyword = k.keyword
    )
RETURNING k.video_idx;
