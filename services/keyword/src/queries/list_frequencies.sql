-- Number of videos of the keywords with the keys $1 since the day $2.
SELECT k.key, k.name, sum(d.videos)::bigint AS videos
FROM keyword k
JOIN keyword_day d ON d.keyword_idx = k.idx
WHERE k.key = ANY ($1) AND d.day >= $2
GROUP BY k.idx
