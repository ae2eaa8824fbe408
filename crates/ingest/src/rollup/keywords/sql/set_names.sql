-- $1: keywords, $2: the most frequent spelling of each.
UPDATE keyword k SET name = s.spelling, changed_at = clock_timestamp()
FROM unnest($1::integer[], $2::integer[]) n (keyword_idx, spelling_idx)
JOIN keyword_spelling s ON s.keyword_idx = n.keyword_idx AND s.idx = n.spelling_idx
WHERE k.idx = n.keyword_idx AND k.name <> s.spelling
