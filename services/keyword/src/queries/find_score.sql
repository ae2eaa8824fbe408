-- The keyword with the key $1, its score, and the number of its videos since the day $2.
SELECT k.name, s.videos, s.channels, s.demand_views, s.small_share, s.demand, s.supply, s.score,
    coalesce((
        SELECT sum(videos) FROM keyword_day d WHERE d.keyword_idx = k.idx AND d.day >= $2
    ), 0)::bigint AS recent_videos
FROM keyword k
LEFT JOIN keyword_score s ON s.keyword_idx = k.idx
WHERE k.key = $1
