-- Which staged channels and videos are in the tables already. The old system did not
-- keep channel_id unique: the first row of an id is the channel.

INSERT INTO known_video (place, idx, fresh)
SELECT s.place, v.idx, false
FROM staged_video s
JOIN video v ON v.video_id = s.video_id;

INSERT INTO known_channel (place, idx, fresh)
SELECT place, idx, false
FROM (
    SELECT s.place, (SELECT min(c.idx) FROM channel c WHERE c.channel_id = s.channel_id) AS idx
    FROM staged_channel s
) found
WHERE idx IS NOT NULL;
