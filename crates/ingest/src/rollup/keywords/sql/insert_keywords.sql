-- $1: keys, $2: a spelling of each.
INSERT INTO keyword (key, name)
SELECT DISTINCT ON (n.key) n.key, n.spelling
FROM unnest($1::text[], $2::text[]) n (key, spelling)
WHERE n.key <> '' AND NOT EXISTS (SELECT FROM keyword k WHERE k.key = n.key)
ORDER BY n.key, n.spelling
ON CONFLICT DO NOTHING
