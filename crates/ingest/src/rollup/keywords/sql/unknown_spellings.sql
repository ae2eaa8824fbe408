SELECT DISTINCT t.spelling
FROM rollup_tag t
WHERE NOT EXISTS (SELECT FROM keyword_spelling s WHERE s.spelling = t.spelling)
ORDER BY t.spelling
