-- What each service may do in the database, and nothing else. `createtrend migrate` runs
-- this every time, as the owner, once the tables are up to date: in one transaction it takes
-- back whatever an older release or a restored backup has left, and grants what stands here.
--
-- A role is called like its service (deploy/postgres/provision.sh makes it). Services that
-- are not here use no PostgreSQL and have no role. Foreign keys and triggers
-- need no privileges of the role that writes a row.

-- Two that migrate at once take turns.
SELECT pg_advisory_xact_lock(hashtext('rights of services'));

DO $$
DECLARE
    roles CONSTANT text := 'channel, video, auth, predict, "ai-worker"';
    relation regclass;
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC, %s', current_database(), roles);
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO %s', current_database(), roles);
    EXECUTE format('REVOKE ALL ON SCHEMA public FROM %s', roles);
    EXECUTE format('GRANT USAGE ON SCHEMA public TO %s', roles);
    -- Tables, views and sequences; with a table's rights go those of its columns.
    FOR relation IN
        SELECT oid FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
            AND pg_has_role(relowner, 'USAGE')
    LOOP
        EXECUTE format('REVOKE ALL ON %s FROM PUBLIC, %s', relation, roles);
    END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;

-- The catalogue, to read.
GRANT SELECT ON channel, channel_subscriber, channel_views, video, video_keyword_new, video_views
    TO channel;
GRANT SELECT ON channel, video, video_keyword_new, video_likes, video_views TO video;
-- For caches.
GRANT SELECT ON data_version TO channel, video, predict;
GRANT SELECT (idx, channel_name, thumbnail_url) ON channel TO predict;
GRANT SELECT (idx, channel_idx, video_name, thumbnail_url) ON video TO predict;
GRANT SELECT (idx, channel_id) ON channel TO "ai-worker";
GRANT SELECT (idx, channel_idx, upload_time) ON video TO "ai-worker";
GRANT SELECT (video_idx, check_time, views) ON video_views TO "ai-worker";

-- Accounts: of one that is there, auth changes the password and the last login, and no more.
GRANT SELECT, INSERT, UPDATE (password, last_login) ON auth_user TO auth;
GRANT SELECT, INSERT, UPDATE ON accounts_userinfo TO auth;
-- UPDATE locks the rows that are to be removed (FOR UPDATE).
GRANT SELECT, INSERT, UPDATE, DELETE ON auth_known_subnet, auth_token, auth_throttle TO auth;

-- The numbers of new rows, whatever the old system called their sequences; a column that is
-- an identity needs no grant.
DO $$
DECLARE
    numbers text;
BEGIN
    FOREACH numbers IN ARRAY ARRAY[
        pg_get_serial_sequence('auth_user', 'id'), pg_get_serial_sequence('accounts_userinfo', 'id')
    ] LOOP
        IF numbers IS NOT NULL THEN
            EXECUTE format('GRANT USAGE ON SEQUENCE %s TO auth', numbers);
        END IF;
    END LOOP;
END $$;
