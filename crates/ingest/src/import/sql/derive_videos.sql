-- Views, growth and popularity of the $2 touched videos after id $1.
WITH chunk AS (
    SELECT idx, imported FROM video_to_derive WHERE idx > $1 ORDER BY idx LIMIT $2
), derived AS (
    SELECT
        v.idx,
        coalesce(l.views, v.views) AS views,
        coalesce(l.views_growth, v.views_growth) AS views_growth,
        coalesce(l.views, v.views) / nullif(c.subscriber_num, 0)::double precision AS popularity,
        coalesce(c.subscriber_estimated, false) AS popularity_estimated,
        v.crawled OR chunk.imported AS crawled
    FROM chunk
    JOIN video v ON v.idx = chunk.idx
    LEFT JOIN latest_count l
        ON l.idx = v.idx AND l.idx > $1 AND l.idx <= (SELECT max(idx) FROM chunk)
    LEFT JOIN channel c ON c.idx = v.channel_idx
), updated AS (
    UPDATE video v
    SET
        views = d.views,
        views_growth = d.views_growth,
        popularity = d.popularity,
        popularity_estimated = d.popularity_estimated,
        crawled = d.crawled
    FROM derived d
    WHERE d.idx = v.idx
        AND d.views IS NOT NULL
        AND (v.views, v.views_growth, v.popularity, v.popularity_estimated, v.crawled)
            IS DISTINCT FROM
            (d.views, d.views_growth, d.popularity, d.popularity_estimated, d.crawled)
)
SELECT max(idx), count(*) FROM chunk;
