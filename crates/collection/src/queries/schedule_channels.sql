-- Schedules the next check of checked channels and ends their claims: ids $1, next checks $2 and
-- misses $3. $4 is the current time.
UPDATE collector_channel AS channel
SET next_check_at = new.next_check_at, claimed_until = '-infinity', checked_at = $4,
    misses = new.misses
FROM unnest($1::text[], $2::timestamptz[], $3::integer[])
    AS new (channel_id, next_check_at, misses)
WHERE channel.channel_id = new.channel_id
