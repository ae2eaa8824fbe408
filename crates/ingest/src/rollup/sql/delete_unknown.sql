-- Deletes the rows of videos that no longer exist.
DELETE FROM video_age_views a WHERE NOT EXISTS (SELECT FROM video WHERE idx = a.video_idx);
DELETE FROM video_outlier o WHERE NOT EXISTS (SELECT FROM video WHERE idx = o.video_idx);
