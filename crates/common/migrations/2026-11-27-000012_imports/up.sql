-- Whether `subscriber_num` is an estimate made from views, because the number is hidden or in no
-- file. The importer has marked its estimates by hidden_subscriber only.
ALTER TABLE channel ADD COLUMN subscriber_estimated boolean NOT NULL DEFAULT false;
UPDATE channel c SET subscriber_estimated = true
WHERE hidden_subscriber
    AND subscriber_num > 0
    AND NOT EXISTS (SELECT FROM channel_subscriber s WHERE s.channel_idx = c.idx);

-- Whether `popularity` is made from an estimate.
ALTER TABLE video ADD COLUMN popularity_estimated boolean NOT NULL DEFAULT false;
UPDATE video v SET popularity_estimated = true
FROM channel c
WHERE c.idx = v.channel_idx AND c.subscriber_estimated AND v.popularity IS NOT NULL;

-- Videos whose derived columns an import has not computed yet. What a killed import leaves here is
-- completed by the next one.
CREATE TABLE pending_derivation (
    video_idx integer PRIMARY KEY
);

-- Videos that changed since then may be missing from the search index; no row if it is complete.
CREATE TABLE pending_index (
    id integer PRIMARY KEY CHECK (id = 1),
    since timestamptz NOT NULL
);
