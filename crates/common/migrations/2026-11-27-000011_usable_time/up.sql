-- NULL for infinity and for years before 1 or after 9999, which services cannot process. As
-- common::time::EARLIEST_TIME and LATEST_TIME.
CREATE OR REPLACE FUNCTION usable_time(stored timestamptz) RETURNS timestamptz
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN stored BETWEEN '0001-01-01 00:00+00' AND '9999-12-31 00:00+00' THEN stored END;
