-- The version of the data, by which services find that cached responses are out of date.
-- A session that changes videos, channels or their statistics adds 1 as the last statement of the
-- transaction.
CREATE TABLE data_version (
    id integer PRIMARY KEY CHECK (id = 1),
    version bigint NOT NULL
);
INSERT INTO data_version (id, version) VALUES (1, 1);
