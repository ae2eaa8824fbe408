-- The touched channels with a real number of subscribers, and with an estimate.
SELECT
    count(*) FILTER (WHERE c.hidden_subscriber IS NOT TRUE),
    count(*) FILTER (WHERE c.hidden_subscriber)
FROM channel_to_derive t
JOIN channel c ON c.idx = t.idx;
