-- $1: keys, $2: a spelling of each.
INSERT INTO keyword_spelling (spelling, keyword_idx)
SELECT n.spelling, k.idx
FROM unnest($1::text[], $2::text[]) n (key, spelling)
LEFT JOIN keyword k ON k.key = n.key
ON CONFLICT DO NOTHING
