-- Case-insensitive search for any part of a channel name. Trigrams need three letters, but a
-- Korean word can have two syllables; so names are indexed by unigrams and bigrams.

CREATE OR REPLACE FUNCTION name_grams(name text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ARRAY(
    SELECT DISTINCT substr(folded, start, length)
    FROM lower(name) AS folded,
        generate_series(1, char_length(folded)) AS start,
        generate_series(1, 2) AS length
);

-- Without fastupdate: every search would scan the pending list.
CREATE INDEX IF NOT EXISTS channel_by_name_grams
    ON channel USING gin (name_grams(channel_name)) WITH (fastupdate = off);

DROP INDEX IF EXISTS channel_by_name_part;
