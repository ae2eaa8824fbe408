-- A page of the channels whose name contains a text in raw ($1) or NFC form ($2), largest first,
-- with the number of matches on all pages.
-- The index holds n-grams of one and two characters; longer texts are compared after the lookup.
WITH found AS (
    SELECT idx, subscriber_num
    FROM channel
    WHERE name_grams(channel_name) @> name_grams($1)
        AND ((SELECT char_length(lower($1)) <= 2) OR strpos(lower(channel_name), lower($1)) > 0)
    UNION ALL
    SELECT idx, subscriber_num
    FROM channel
    WHERE $1 <> $2
        AND name_grams(channel_name) @> name_grams($2)
        AND strpos(lower(channel_name), lower($2)) > 0
        AND strpos(lower(channel_name), lower($1)) = 0
)
SELECT page.idx, (SELECT count(*) FROM found) AS count
FROM (
    SELECT idx, subscriber_num
    FROM found
    ORDER BY subscriber_num DESC, idx
    LIMIT $3 OFFSET $4
) page
ORDER BY page.subscriber_num DESC, page.idx
