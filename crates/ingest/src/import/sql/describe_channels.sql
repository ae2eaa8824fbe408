-- Updates descriptions with the values of the file; missing values keep the stored ones.
UPDATE channel c
SET
    channel_name = n.channel_name,
    channel_description = n.channel_description,
    channel_start_date = n.channel_start_date,
    thumbnail_url = n.thumbnail_url
FROM (
    SELECT
        c.idx,
        coalesce(s.channel_name, c.channel_name) AS channel_name,
        coalesce(s.channel_description, c.channel_description) AS channel_description,
        coalesce(s.channel_start_date, c.channel_start_date) AS channel_start_date,
        coalesce(s.thumbnail_url, c.thumbnail_url) AS thumbnail_url
    FROM staged_channel s
    JOIN known_channel k ON k.index = s.index
    JOIN channel c ON c.idx = k.idx
) n
WHERE n.idx = c.idx
    AND (c.channel_name, c.channel_description, c.channel_start_date, c.thumbnail_url)
        IS DISTINCT FROM
        (n.channel_name, n.channel_description, n.channel_start_date, n.thumbnail_url);
