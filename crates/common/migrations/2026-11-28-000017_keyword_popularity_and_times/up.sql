-- Recent popularity of keywords, by which suggestions are ordered; maintained by
-- crates/ingest/src/rollup/keywords.
ALTER TABLE keyword
    -- 10,000 × the logarithm of the uses, weighted by 2^(day ÷ 14), in days since 2005-01-01: as time
    -- passes, all weights decay equally, and the order stays. NULL: not used.
    ADD COLUMN popularity integer,
    -- The last change of the name or the popularity: the search index contains older ones.
    ADD COLUMN changed_at timestamptz NOT NULL DEFAULT now();

UPDATE keyword k SET popularity = n.popularity
FROM (
    SELECT d.keyword_idx,
        round(10000 * (
            last.day - DATE '2005-01-01'
            + 14 / ln(2) * ln(sum(greatest(d.channels, 1) * power(2, (d.day - last.day) / 14.0)))
        ))::integer AS popularity
    FROM keyword_day d
    JOIN (
        SELECT keyword_idx, max(day) AS day FROM keyword_day WHERE day <= current_date + 1 GROUP BY keyword_idx
    ) last ON last.keyword_idx = d.keyword_idx AND d.day BETWEEN last.day - 365 AND last.day
    GROUP BY d.keyword_idx, last.day
) n
WHERE k.idx = n.keyword_idx;

CREATE INDEX keyword_by_changed_at ON keyword (changed_at);

-- Changes before this time are in the search index.
ALTER TABLE keyword_rollup ADD COLUMN indexed_until timestamptz NOT NULL DEFAULT '-infinity';

-- Upload times of the videos of a keyword compared by views; only of keywords with five videos in an
-- hour of the week. The arrays have 168 elements, from Monday at 0:00 in Seoul.
CREATE TABLE keyword_best_times (
    keyword_idx integer PRIMARY KEY REFERENCES keyword (idx),
    videos integer[] NOT NULL,
    -- The median of video_outlier.day_3_ratio; NULL with fewer than five videos.
    median_ratios double precision[] NOT NULL
);
