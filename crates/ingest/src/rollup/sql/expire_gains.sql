-- Removes gains that are too old for a chart as of the newest observation.
UPDATE video_age_views
SET gained_24h = NULL
WHERE gained_24h IS NOT NULL
    AND observed_at < (
        SELECT observed_at - interval '48 hours' FROM video_age_views
        WHERE gained_24h IS NOT NULL
        ORDER BY observed_at DESC
        LIMIT 1
    )
