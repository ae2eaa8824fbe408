-- The median ratio of the videos of the keyword with the key $1 by hour of the week, from 0: Monday at
-- 0:00 in Seoul.
SELECT hour::integer - 1 AS hour_of_week, n.videos::bigint AS videos, n.median_ratio
FROM keyword k
JOIN keyword_best_times b ON b.keyword_idx = k.idx,
    unnest(b.videos, b.median_ratios) WITH ORDINALITY n (videos, median_ratio, hour)
WHERE k.key = $1 AND n.videos > 0
