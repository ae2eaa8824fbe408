-- Schedules the next check of checked videos and ends their claims: ids $1, publication times $2,
-- next checks $3, misses $4, and whether their details were stored $5. $6 is the current time.
-- After $7 misses a video is marked as removed.
INSERT INTO collector_video
    (video_id, published_at, next_check_at, claimed_until, checked_at, misses, removed_at,
    texts_at)
SELECT video_id, published_at, next_check_at, '-infinity', $6, misses,
    CASE WHEN misses >= $7 THEN $6 END, CASE WHEN has_details THEN $6 ELSE '-infinity' END
FROM unnest($1::text[], $2::timestamptz[], $3::timestamptz[], $4::integer[], $5::boolean[])
    AS new (video_id, published_at, next_check_at, misses, has_details)
ORDER BY video_id
ON CONFLICT (video_id) DO UPDATE SET
    published_at = excluded.published_at,
    next_check_at = excluded.next_check_at,
    claimed_until = '-infinity',
    checked_at = excluded.checked_at,
    misses = excluded.misses,
    removed_at = excluded.removed_at,
    texts_at = greatest(collector_video.texts_at, excluded.texts_at)
