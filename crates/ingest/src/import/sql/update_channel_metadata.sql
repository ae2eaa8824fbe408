-- Updates the metadata of staged channels if no later subscriber count is stored; missing values
-- keep the stored ones. An earlier observation fills in missing values.
UPDATE channel c
SET
    channel_name = n.channel_name,
    channel_description = n.channel_description,
    channel_start_date = n.channel_start_date,
    thumbnail_url = n.thumbnail_url,
    upload_count = n.upload_count
FROM (
    SELECT
        c.idx,
        CASE
            WHEN l.is_latest THEN coalesce(s.channel_name, c.channel_name)
            ELSE coalesce(c.channel_name, s.channel_name)
        END AS channel_name,
        CASE
            WHEN l.is_latest THEN coalesce(s.channel_description, c.channel_description)
            ELSE coalesce(c.channel_description, s.channel_description)
        END AS channel_description,
        CASE
            WHEN l.is_latest THEN coalesce(s.channel_start_date, c.channel_start_date)
            ELSE coalesce(c.channel_start_date, s.channel_start_date)
        END AS channel_start_date,
        CASE
            WHEN l.is_latest THEN coalesce(s.thumbnail_url, c.thumbnail_url)
            ELSE coalesce(c.thumbnail_url, s.thumbnail_url)
        END AS thumbnail_url,
        CASE
            WHEN l.is_latest THEN coalesce(s.upload_count, c.upload_count)
            ELSE coalesce(c.upload_count, s.upload_count)
        END AS upload_count
    FROM staged_channel s
    JOIN known_channel k ON k.index = s.index
    JOIN channel c ON c.idx = k.idx
    CROSS JOIN LATERAL (
        SELECT NOT EXISTS (
            SELECT FROM channel_subscriber x
            WHERE x.channel_idx = c.idx
                AND usable_time(x.check_time) IS NOT NULL
                AND x.check_time > (
                    SELECT max(u.check_time)
                    FROM staged_channel_subscriber u
                    WHERE u.channel_index = s.index
                )
        ) AS is_latest
    ) l
) n
WHERE n.idx = c.idx
    AND (c.channel_name, c.channel_description, c.channel_start_date, c.thumbnail_url, c.upload_count)
        IS DISTINCT FROM
        (n.channel_name, n.channel_description, n.channel_start_date, n.thumbnail_url, n.upload_count);
