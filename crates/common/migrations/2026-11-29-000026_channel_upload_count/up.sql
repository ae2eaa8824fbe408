-- The public videos of the channel as YouTube counts them, with its last observation; NULL if no
-- source had the number. Usually only part of them is stored.
ALTER TABLE channel ADD COLUMN upload_count bigint;
