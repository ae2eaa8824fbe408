-- When a video's search document last became out of date, so that an index can
-- be brought up to date without reading every video. Kept by triggers, because
-- the old system's crawler writes to these tables too and knows nothing of it.

ALTER TABLE video ADD COLUMN IF NOT EXISTS changed_at timestamptz NOT NULL DEFAULT now();
CREATE INDEX IF NOT EXISTS video_by_changed_at ON video (changed_at);

CREATE OR REPLACE FUNCTION video_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.changed_at := now();
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER video_touch BEFORE UPDATE ON video
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*)
    EXECUTE FUNCTION video_touch();

-- A video that the same transaction made or changed is marked already: loading
-- videos with their keywords in one transaction costs no second write.
CREATE OR REPLACE FUNCTION video_touch_of_keywords() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE video SET changed_at = now()
    WHERE idx IN (SELECT video_idx FROM changed_keywords) AND changed_at < now();
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER keyword_inserted AFTER INSERT ON video_keyword_new
    REFERENCING NEW TABLE AS changed_keywords
    FOR EACH STATEMENT EXECUTE FUNCTION video_touch_of_keywords();
CREATE OR REPLACE TRIGGER keyword_deleted AFTER DELETE ON video_keyword_new
    REFERENCING OLD TABLE AS changed_keywords
    FOR EACH STATEMENT EXECUTE FUNCTION video_touch_of_keywords();
CREATE OR REPLACE TRIGGER keyword_updated AFTER UPDATE ON video_keyword_new
    REFERENCING NEW TABLE AS changed_keywords
    FOR EACH STATEMENT EXECUTE FUNCTION video_touch_of_keywords();
