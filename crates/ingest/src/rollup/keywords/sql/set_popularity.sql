-- Computes the popularity of the keywords of rollup_keyword again (see docs/METHODS.md). Days after
-- $1, of videos that are not public yet, are not counted.
UPDATE keyword k SET popularity = n.popularity, changed_at = clock_timestamp()
FROM (
    SELECT u.keyword_idx,
        round(10000 * (last.day - DATE '2005-01-01' + 14 / ln(2) * ln(uses.weighted)))::integer
            AS popularity
    FROM rollup_keyword u
    LEFT JOIN LATERAL (
        SELECT max(d.day) AS day FROM keyword_day d
        WHERE d.keyword_idx = u.keyword_idx AND d.day <= $1
    ) last ON true
    LEFT JOIN LATERAL (
        SELECT sum(greatest(d.channels, 1) * power(2, (d.day - last.day) / 14.0)) AS weighted
        FROM keyword_day d
        WHERE d.keyword_idx = u.keyword_idx AND d.day BETWEEN last.day - 365 AND last.day
    ) uses ON true
) n
WHERE k.idx = n.keyword_idx AND k.popularity IS DISTINCT FROM n.popularity
