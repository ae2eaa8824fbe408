-- Channels are found by any part of their names, in upper or lower case. Trigrams need
-- three letters, and two Hangul syllables are a word already; so names are indexed by
-- each letter and each two that stand side by side.

CREATE OR REPLACE FUNCTION name_grams(name text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ARRAY(
    SELECT DISTINCT substr(folded, start, length)
    FROM lower(name) AS folded,
        generate_series(1, char_length(folded)) AS start,
        generate_series(1, 2) AS length
);

-- Without a list of what is still to be indexed: searching would have to read it whole.
CREATE INDEX IF NOT EXISTS channel_by_name_grams
    ON channel USING gin (name_grams(channel_name)) WITH (fastupdate = off);

DROP INDEX IF EXISTS channel_by_name_part;
