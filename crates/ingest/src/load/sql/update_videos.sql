-- Updates the metadata of stored videos from a later observation. Missing values keep the stored
-- ones; an earlier observation fills in missing properties. A video that was observed again is not
-- removed. Returns the changed videos, and whether their metadata changed.
WITH observed AS (
    SELECT
        v.idx,
        k.is_latest,
        CASE WHEN k.is_latest THEN s.video_name ELSE v.video_name END AS video_name,
        CASE
            WHEN NOT k.is_latest OR s.video_description IS NULL THEN v.video_description
            ELSE nullif(s.video_description, '')
        END AS video_description,
        CASE WHEN k.is_latest THEN s.upload_time ELSE v.upload_time END AS upload_time,
        CASE
            WHEN k.is_latest THEN coalesce(s.thumbnail_url, v.thumbnail_url)
            ELSE v.thumbnail_url
        END AS thumbnail_url,
        CASE
            WHEN k.is_latest THEN coalesce(s.category, v.category)
            ELSE coalesce(v.category, s.category)
        END AS category,
        CASE
            WHEN k.is_latest THEN coalesce(s.duration_seconds, v.duration_seconds)
            ELSE coalesce(v.duration_seconds, s.duration_seconds)
        END AS duration_seconds,
        CASE
            WHEN k.is_latest THEN coalesce(s.is_short, v.is_short)
            ELSE coalesce(v.is_short, s.is_short)
        END AS is_short,
        CASE
            WHEN k.is_latest THEN coalesce(s.live_state, v.live_state)
            ELSE coalesce(v.live_state, s.live_state)
        END AS live_state,
        CASE
            WHEN k.is_latest THEN coalesce(s.language, v.language)
            ELSE coalesce(v.language, s.language)
        END AS language,
        CASE
            WHEN k.is_latest THEN coalesce(s.comment_count, v.comment_count)
            ELSE coalesce(v.comment_count, s.comment_count)
        END AS comment_count,
        CASE WHEN NOT k.is_latest THEN v.removed_at END AS removed_at
    FROM staged_video s
    JOIN known_video k ON k.index = s.index
    JOIN staged_video_update u ON u.index = s.index
    JOIN video v ON v.idx = k.idx
    WHERE NOT k.is_new AND u.observed IS NOT NULL
), compared AS (
    SELECT
        n.*,
        (
            v.video_name, v.video_description, v.upload_time, v.thumbnail_url, v.category,
            v.duration_seconds, v.is_short, v.live_state, v.language
        ) IS DISTINCT FROM (
            n.video_name, n.video_description, n.upload_time, n.thumbnail_url, n.category,
            n.duration_seconds, n.is_short, n.live_state, n.language
        ) AS has_metadata_changed,
        (v.comment_count, v.removed_at) IS DISTINCT FROM (n.comment_count, n.removed_at)
            AS has_state_changed
    FROM observed n
    JOIN video v ON v.idx = n.idx
)
UPDATE video v
SET video_name = n.video_name, video_description = n.video_description,
    upload_time = n.upload_time, thumbnail_url = n.thumbnail_url, category = n.category,
    duration_seconds = n.duration_seconds, is_short = n.is_short, live_state = n.live_state,
    language = n.language, comment_count = n.comment_count, removed_at = n.removed_at
FROM compared n
WHERE n.idx = v.idx AND (n.has_metadata_changed OR n.has_state_changed)
RETURNING v.idx, n.has_metadata_changed;
