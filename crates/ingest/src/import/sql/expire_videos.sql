-- Removes the latest counts of the videos $1 whose last observation is from before $2.
UPDATE video v
SET views = NULL, views_growth = NULL, popularity = NULL, comment_count = NULL
WHERE v.video_id = ANY ($1)
    AND (v.views, v.views_growth, v.popularity, v.comment_count) IS DISTINCT FROM (
        NULL::bigint, NULL::bigint, NULL::double precision, NULL::bigint
    )
    AND NOT EXISTS (
        SELECT FROM video_views x WHERE x.video_idx = v.idx AND x.check_time >= $2
    )
