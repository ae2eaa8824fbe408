-- The privileges of each service. `createtrend migrate` runs this as the owner after the
-- migrations, in one transaction: it revokes all privileges, including privileges of an older
-- release or a restored backup, and grants the ones below.
--
-- A role has the name of its service (deploy/postgres/provision.sh creates it). Services without a
-- role do not use PostgreSQL. Foreign keys and triggers need no privileges of the role that writes
-- a row.

-- Serializes concurrent runs.
SELECT pg_advisory_xact_lock(hashtext('service privileges'));

DO $$
DECLARE
    roles CONSTANT text := 'trends, keyword, channel, video, auth, predict, "ai-worker", collector';
    relation regclass;
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC, %s', current_database(), roles);
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO %s', current_database(), roles);
    EXECUTE format('REVOKE ALL ON SCHEMA public FROM %s', roles);
    EXECUTE format('GRANT USAGE ON SCHEMA public TO %s', roles);
    -- Tables, views and sequences; revoking a table's privileges includes its columns.
    FOR relation IN
        SELECT oid FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
            AND pg_has_role(relowner, 'USAGE')
    LOOP
        EXECUTE format('REVOKE ALL ON %s FROM PUBLIC, %s', relation, roles);
    END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;

-- Catalogue, read-only.
GRANT SELECT ON channel, channel_subscriber, channel_views, video, video_keyword_new, video_views
    TO channel;
GRANT SELECT ON channel, video, video_keyword_new, video_likes, video_views TO video;
GRANT SELECT ON video_age_views, video_outlier, video_rollup TO video;
-- Counts of keywords.
GRANT SELECT ON keyword, keyword_list, keyword_list_entry TO trends, keyword;
GRANT SELECT ON keyword_day, keyword_score, video_outlier TO keyword;
GRANT SELECT (idx, video_id, video_name, thumbnail_url, views) ON video TO keyword;
GRANT SELECT (idx, channel_name, subscriber_estimated) ON channel TO keyword;
GRANT SELECT ON keyword, keyword_best_times TO video;
-- Freshness.
GRANT SELECT ON data_source, collector_source, collector_video, collector_quota TO channel;
-- Cache invalidation.
GRANT SELECT ON data_version TO trends, keyword, channel, video, predict;
GRANT SELECT (idx, channel_name, thumbnail_url) ON channel TO predict;
GRANT SELECT (idx, channel_idx, video_name, thumbnail_url) ON video TO predict;
GRANT SELECT (idx, channel_id, upload_count) ON channel TO "ai-worker";
GRANT SELECT (idx, channel_idx, upload_time) ON video TO "ai-worker";
GRANT SELECT (video_idx, check_time, views) ON video_views TO "ai-worker";

-- Accounts: auth updates only the password and the last login of existing rows.
GRANT SELECT, INSERT, UPDATE (password, last_login), DELETE ON auth_user TO auth;
GRANT SELECT, INSERT, UPDATE, DELETE ON accounts_userinfo TO auth;
GRANT SELECT, INSERT, UPDATE, DELETE ON auth_watch, auth_alert, auth_feed, auth_api_key TO auth;
-- Digests of watchlists.
GRANT SELECT ON keyword, keyword_day, keyword_list, keyword_list_entry, video_outlier TO auth;
GRANT SELECT (idx, channel_name, thumbnail_url) ON channel TO auth;
GRANT SELECT (channel_idx, view_count, check_time) ON channel_views TO auth;
GRANT SELECT (idx, video_id, video_name, thumbnail_url, channel_idx, upload_time, views, removed_at)
    ON video TO auth;
-- UPDATE is required to lock rows before deletion (FOR UPDATE).
GRANT SELECT, INSERT, UPDATE, DELETE ON auth_known_subnet, auth_token, auth_throttle TO auth;

-- The collector stages rows in temporary tables.
DO $$
BEGIN
    EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO collector', current_database());
END $$;
GRANT SELECT, INSERT, UPDATE, DELETE
    ON collector_source, collector_channel, collector_video, collector_quota TO collector;
GRANT SELECT, INSERT, UPDATE, DELETE
    ON channel, channel_subscriber, channel_views, video, video_keyword_new, video_likes, video_views
    TO collector;
GRANT SELECT, INSERT, UPDATE, DELETE
    ON keyword, keyword_spelling, keyword_day, keyword_day_outdated, keyword_rollup, keyword_list,
        keyword_list_entry, keyword_score, keyword_best_times
    TO collector;
GRANT SELECT, UPDATE ON data_version TO collector;
GRANT SELECT, INSERT, UPDATE, DELETE ON video_age_views, video_outlier, video_rollup TO collector;
GRANT SELECT, INSERT, UPDATE, DELETE ON pending_derivation, pending_index, data_source TO collector;

-- Sequences of primary keys, under any name; identity columns need no grant.
DO $$
DECLARE
    sequence text;
BEGIN
    FOREACH sequence IN ARRAY ARRAY[
        pg_get_serial_sequence('auth_user', 'id'), pg_get_serial_sequence('accounts_userinfo', 'id')
    ] LOOP
        IF sequence IS NOT NULL THEN
            EXECUTE format('GRANT USAGE ON SEQUENCE %s TO auth', sequence);
        END IF;
    END LOOP;
    FOREACH sequence IN ARRAY ARRAY[
        pg_get_serial_sequence('channel', 'idx'), pg_get_serial_sequence('channel_subscriber', 'idx'),
        pg_get_serial_sequence('channel_views', 'idx'), pg_get_serial_sequence('video', 'idx'),
        pg_get_serial_sequence('video_keyword_new', 'idx'),
        pg_get_serial_sequence('video_likes', 'idx'), pg_get_serial_sequence('video_views', 'idx')
    ] LOOP
        IF sequence IS NOT NULL THEN
            EXECUTE format('GRANT USAGE ON SEQUENCE %s TO collector', sequence);
        END IF;
    END LOOP;
END $$;
