-- Replaces the counts of the days $1 by counts of rollup_tag; unchanged rows are not written. All
-- parts of the statement read the rows as they were before it.
WITH counted AS MATERIALIZED (
    SELECT day, keyword_idx, count(*)::integer AS videos,
        count(DISTINCT channel_idx)::integer AS channels, coalesce(sum(views), 0)::bigint AS views
    FROM (
        -- A video can have several spellings of a keyword.
        SELECT DISTINCT t.day, s.keyword_idx, t.video_idx, t.channel_idx, t.views
        FROM rollup_tag t
        JOIN keyword_spelling s ON s.spelling = t.spelling
        WHERE s.keyword_idx IS NOT NULL
    ) used
    GROUP BY day, keyword_idx
), deleted AS (
    DELETE FROM keyword_day d
    WHERE d.day = ANY ($1) AND NOT EXISTS (
        SELECT FROM counted c WHERE c.day = d.day AND c.keyword_idx = d.keyword_idx
    )
    RETURNING d.keyword_idx
), written AS (
    INSERT INTO keyword_day AS d (day, keyword_idx, videos, channels, views)
    SELECT day, keyword_idx, videos, channels, views FROM counted
    ON CONFLICT (day, keyword_idx) DO UPDATE SET
        videos = excluded.videos, channels = excluded.channels, views = excluded.views
    WHERE (d.videos, d.channels, d.views) <> (excluded.videos, excluded.channels, excluded.views)
    RETURNING 1
), changed AS (
    INSERT INTO rollup_keyword (keyword_idx)
    SELECT c.keyword_idx
    FROM counted c
    LEFT JOIN keyword_day d
        ON d.day = ANY ($1) AND d.day = c.day AND d.keyword_idx = c.keyword_idx
    WHERE d.channels IS DISTINCT FROM c.channels
    UNION
    SELECT keyword_idx FROM deleted
)
SELECT (SELECT count(*) FROM deleted) + (SELECT count(*) FROM written)
