-- Inserts counts into {table} for the intervals without a count ({start}, {length} long), and
-- replaces counts of an earlier observation. At the same time, the lower count of a video is the
-- earlier one. Returns the numbers of inserted counts, of replaced counts, and of counts that are
-- ignored because a later count is stored.
WITH found AS (
    SELECT
        s.index, k.idx AS owner, {columns}, s.check_time, stored.idx AS stored_idx,
        (s.check_time, {staged_rank}) < (stored.check_time, stored.rank) AS is_earlier,
        ROW(s.check_time, {columns})::text = stored.counts AS is_equal
    FROM staged_{table} s
    JOIN known_{owner} k ON k.index = s.{owner}_index
    CROSS JOIN LATERAL (
        SELECT {start} AS start
    ) span
    LEFT JOIN LATERAL (
        SELECT
            x.idx, x.check_time, {stored_rank} AS rank,
            ROW(x.check_time, {stored_columns})::text AS counts
        FROM {table} x
        WHERE NOT k.is_new
            AND x.{owner}_idx = k.idx
            AND x.check_time >= span.start
            AND x.check_time < span.start + interval '{length}'
        ORDER BY x.check_time DESC, x.idx DESC
        LIMIT 1
    ) stored ON true
), inserted AS (
    INSERT INTO {table} ({owner}_idx, {columns}, check_time)
    SELECT owner, {columns}, check_time
    FROM found
    WHERE stored_idx IS NULL
    ORDER BY index
    RETURNING 1
), replaced AS (
    UPDATE {table} x
    SET ({columns}, check_time) = ROW({found_columns}, f.check_time)
    FROM found f
    WHERE x.idx = f.stored_idx AND NOT f.is_earlier AND NOT f.is_equal
    RETURNING 1
)
SELECT
    (SELECT count(*) FROM inserted),
    (SELECT count(*) FROM replaced),
    (SELECT count(*) FROM found WHERE is_earlier);
