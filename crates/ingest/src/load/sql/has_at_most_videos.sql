-- Whether there are at most $1 videos and $1 channels.
SELECT (SELECT count(*) FROM (SELECT FROM video LIMIT $1::bigint + 1) videos) <= $1::bigint
    AND (SELECT count(*) FROM (SELECT FROM channel LIMIT $1::bigint + 1) channels) <= $1::bigint;
