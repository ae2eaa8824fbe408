-- Updates the properties of compared videos $1.
UPDATE video_outlier o
SET category = v.category, subscribers = c.subscriber_num
FROM video v
JOIN channel c ON c.idx = v.channel_idx
WHERE v.idx = ANY ($1)
    AND o.video_idx = v.idx
    AND (o.category, o.subscribers) IS DISTINCT FROM (v.category, c.subscriber_num)
