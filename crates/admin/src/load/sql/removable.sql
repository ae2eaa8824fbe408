-- What checks, indexes or marks single rows, in the order in which it can be taken away:
-- the statement that does so, and the one that makes it anew. Unique constraints stay, and
-- so do the indexes by which loading finds rows: keeping them costs less than making them
-- anew, because most rows come in their order. The trigger on updates stays too.
WITH filled AS (
    SELECT unnest(ARRAY[
        'channel', 'video', 'video_keyword_new', 'video_views', 'video_likes',
        'channel_subscriber', 'channel_views'
    ])::regclass AS id
), removable AS (
    SELECT
        1 AS place,
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
        tgname,
        format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname),
        format('ALTER TABLE %s ENABLE TRIGGER %I', tgrelid::regclass, tgname)
    FROM pg_trigger
    WHERE NOT tgisinternal AND tgenabled = 'O' AND tgrelid = 'video_keyword_new'::regclass
)
SELECT remove, restore FROM removable ORDER BY place, name;
