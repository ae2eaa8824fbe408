-- Replaces the texts of the videos $1 by the titles $2, descriptions $3 and thumbnails $4 of a later
-- observation. Missing values keep the stored ones.
UPDATE video v
SET video_name = n.video_name, video_description = n.video_description, thumbnail_url = n.thumbnail_url
FROM (
    SELECT
        v.idx,
        s.video_name,
        CASE
            WHEN s.video_description IS NULL THEN v.video_description
            ELSE nullif(s.video_description, '')
        END AS video_description,
        coalesce(s.thumbnail_url, v.thumbnail_url) AS thumbnail_url
    FROM unnest($1::integer[], $2::text[], $3::text[], $4::text[])
        s (idx, video_name, video_description, thumbnail_url)
    JOIN video v ON v.idx = s.idx
) n
WHERE n.idx = v.idx
    AND (v.video_name, v.video_description, v.thumbnail_url)
        IS DISTINCT FROM (n.video_name, n.video_description, n.thumbnail_url);
