-- The time of the last change that affects a video's search document, so that an index can be
-- updated incrementally. Maintained by triggers, because the Django crawler writes to these
-- tables without setting it.

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

-- Videos that the same transaction inserted or changed are skipped: loading videos with their
-- keywords in one transaction costs no second write.
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
