-- Removes the views of the videos $1 at ages before $2.
UPDATE video_age_views a
SET
    day_1 = CASE WHEN a.upload_time + interval '1 day' >= $2 THEN day_1 END,
    day_2 = CASE WHEN a.upload_time + interval '2 days' >= $2 THEN day_2 END,
    day_3 = CASE WHEN a.upload_time + interval '3 days' >= $2 THEN day_3 END,
    day_7 = CASE WHEN a.upload_time + interval '7 days' >= $2 THEN day_7 END,
    day_14 = CASE WHEN a.upload_time + interval '14 days' >= $2 THEN day_14 END,
    day_28 = CASE WHEN a.upload_time + interval '28 days' >= $2 THEN day_28 END
FROM video v
WHERE v.video_id = ANY ($1)
    AND a.video_idx = v.idx
    AND a.upload_time + interval '1 day' < $2
    AND (day_1, day_2, day_3, day_7, day_14, day_28) IS DISTINCT FROM (
        NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint
    )
