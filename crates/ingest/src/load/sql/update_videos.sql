-- Replaces the texts and properties of stored videos by those of a later observation. Missing values
-- keep the stored ones. A video that was observed again is not removed.
UPDATE video v
SET video_name = n.video_name, video_description = n.video_description,
    thumbnail_url = n.thumbnail_url, category = n.category, duration_seconds = n.duration_seconds,
    is_short = n.is_short, live_state = n.live_state, language = n.language,
    comment_count = n.comment_count, removed_at = NULL
FROM (
    SELECT
        v.idx,
        s.video_name,
        CASE
            WHEN s.video_description IS NULL THEN v.video_description
            ELSE nullif(s.video_description, '')
        END AS video_description,
        coalesce(s.thumbnail_url, v.thumbnail_url) AS thumbnail_url,
        coalesce(s.category, v.category) AS category,
        coalesce(s.duration_seconds, v.duration_seconds) AS duration_seconds,
        coalesce(s.is_short, v.is_short) AS is_short,
        coalesce(s.live_state, v.live_state) AS live_state,
        coalesce(s.language, v.language) AS language,
        coalesce(s.comment_count, v.comment_count) AS comment_count
    FROM staged_video s
    JOIN known_video k ON k.index = s.index
    JOIN video v ON v.idx = k.idx
    WHERE k.is_latest
) n
WHERE n.idx = v.idx
    AND (
        v.video_name, v.video_description, v.thumbnail_url, v.category, v.duration_seconds,
        v.is_short, v.live_state, v.language, v.comment_count, v.removed_at
    ) IS DISTINCT FROM (
        n.video_name, n.video_description, n.thumbnail_url, n.category, n.duration_seconds,
        n.is_short, n.live_state, n.language, n.comment_count, NULL
    );
