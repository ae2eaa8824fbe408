-- Constraints, indexes and triggers that slow down a bulk load, in the order in which they can
-- be dropped: the statement that drops each, the one that recreates it, and whether rows of
-- stored videos are found by it. Of the keywords, of which there are twenty times as
-- many as of anything else, the keys are such; other keys stay, and so do the indexes by
-- which loading finds rows: keeping them costs less than making them anew, because most rows
-- come in their order. The trigger on updates stays too.
--
-- Pages of videos are left half empty meanwhile: popularity, which is known at the end, finds
-- a place beside the video's row, so that no index has to learn of another one.
WITH filled AS (
    SELECT unnest(ARRAY[
        'channel', 'video', 'video_keyword_new', 'video_views', 'video_likes',
        'channel_subscriber', 'channel_views'
    ])::regclass AS id
), removable AS (
    SELECT
        1 AS place,
        false AS finds_stored,
        conname AS name,
        format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS remove,
        format(
            'ALTER TABLE %s ADD CONSTRAINT %I %s',
            conrelid::regclass, conname, pg_get_constraintdef(oid)
        ) AS restore
    FROM pg_constraint
    WHERE contype = 'f' AND conrelid IN (SELECT id FROM filled)
    UNION ALL
    SELECT
        2,
        false,
        indexrelid::regclass::text,
        format('DROP INDEX %s', indexrelid::regclass),
        pg_get_indexdef(indexrelid)
    FROM pg_index
    WHERE indrelid IN (SELECT id FROM filled)
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
        AND indexrelid::regclass::text NOT IN (
            'channel_by_channel_id', 'video_views_by_time', 'video_likes_by_time',
            'channel_subscriber_by_time', 'channel_views_by_time'
        )
    UNION ALL
    SELECT
        3,
        false,
        tgname,
        format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname),
        format('ALTER TABLE %s ENABLE TRIGGER %I', tgrelid::regclass, tgname)
    FROM pg_trigger
    WHERE NOT tgisinternal AND tgenabled = 'O' AND tgrelid = 'video_keyword_new'::regclass
    UNION ALL
    SELECT
        4,
        true,
        conname,
        format('ALTER TABLE video_keyword_new DROP CONSTRAINT %I', conname),
        format(
            'ALTER TABLE video_keyword_new ADD CONSTRAINT %I %s', conname, pg_get_constraintdef(oid)
        )
    FROM pg_constraint
    WHERE contype IN ('p', 'u') AND conrelid = 'video_keyword_new'::regclass
    UNION ALL
    SELECT
        5,
        false,
        'fillfactor',
        'ALTER TABLE video SET (fillfactor = 45)',
        'ALTER TABLE video RESET (fillfactor)'
)
SELECT remove, restore, finds_stored FROM removable ORDER BY place, name;
