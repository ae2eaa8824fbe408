-- The numbers of a page of the channels that have a text in their name, as it is typed ($1)
-- or composed ($2), the largest first, each with how many there are on all pages.
-- The index knows of one and of two letters; what is longer is looked for in what it finds.
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
