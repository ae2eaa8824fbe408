-- Uses of the keywords with the keys $1 by day, from $2 to $3.
SELECT k.key, d.day, d.videos, d.channels, d.views
FROM keyword k
JOIN keyword_day d ON d.keyword_idx = k.idx
WHERE k.key = ANY ($1) AND d.day BETWEEN $2 AND $3
ORDER BY k.key, d.day
