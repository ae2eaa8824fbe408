-- Constraints, indexes and triggers that slow down a bulk load, in drop order: the statements that
-- drop and recreate each, and whether lookups of stored videos use it (is_lookup: the keys of
-- keywords, by far the largest table). Other keys and the indexes for lookups are kept: most rows
-- are inserted in index order, so that maintaining them costs less than recreating them. The
-- trigger on updates is kept too.
--
-- fillfactor leaves pages of videos half empty: popularity, computed at the end, fits on the page
-- of its row (a HOT update), so that indexes are not updated.
WITH loaded AS (
    SELECT unnest(ARRAY[
        'channel', 'video', 'video_keyword_new', 'video_views', 'video_likes',
        'channel_subscriber', 'channel_views'
    ])::regclass AS id
), droppable AS (
    SELECT
        1 AS step,
        false AS is_lookup,
        conname AS name,
        format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS drop_statement,
        format(
            'ALTER TABLE %s ADD CONSTRAINT %I %s',
            conrelid::regclass, conname, pg_get_constraintdef(oid)
        ) AS restore
    FROM pg_constraint
    WHERE contype = 'f' AND conrelid IN (SELECT id FROM loaded)
    UNION ALL
    SELECT
        2,
        false,
        indexrelid::regclass::text,
        format('DROP INDEX %s', indexrelid::regclass),
        pg_get_indexdef(indexrelid)
    FROM pg_index
    WHERE indrelid IN (SELECT id FROM loaded)
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
SELECT drop_statement, restore, is_lookup FROM droppable ORDER BY step, name;
