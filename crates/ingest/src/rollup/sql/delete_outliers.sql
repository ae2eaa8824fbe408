-- Deletes the comparisons of videos of the channels $1, uploaded since $2, that are not in $3.
DELETE FROM video_outlier o
USING unnest($1::integer[], $2::timestamptz[]) AS affected (channel_idx, since)
WHERE o.channel_idx = affected.channel_idx
    AND o.upload_time >= affected.since
    AND o.video_idx <> ALL ($3)
