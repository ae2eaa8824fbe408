-- One index for each access path of the services and the importer.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Channels: by YouTube id, by subscribers, by a part of the name.
CREATE INDEX IF NOT EXISTS channel_by_channel_id ON channel (channel_id);
CREATE INDEX IF NOT EXISTS channel_by_size ON channel (subscriber_num DESC, idx);
CREATE INDEX IF NOT EXISTS channel_by_name_part ON channel USING gin (channel_name gin_trgm_ops);

-- Videos: the newest, fastest growing and most viewed of a channel; means over the newest.
CREATE INDEX IF NOT EXISTS video_by_channel_newest ON video (channel_idx, upload_time DESC);
CREATE INDEX IF NOT EXISTS video_by_channel_growth ON video (channel_idx, views_growth DESC NULLS LAST);
CREATE INDEX IF NOT EXISTS video_by_channel_views ON video (channel_idx, views DESC NULLS LAST);
CREATE INDEX IF NOT EXISTS video_by_upload_time ON video (upload_time) INCLUDE (popularity, views);

-- Time series.
CREATE INDEX IF NOT EXISTS video_views_by_time ON video_views (video_idx, check_time);
CREATE INDEX IF NOT EXISTS video_likes_by_time ON video_likes (video_idx, check_time);
CREATE INDEX IF NOT EXISTS channel_subscriber_by_time ON channel_subscriber (channel_idx, check_time);
CREATE INDEX IF NOT EXISTS channel_views_by_time ON channel_views (channel_idx, check_time);
CREATE INDEX IF NOT EXISTS userinfo_by_own_channel ON accounts_userinfo (own_channel);
