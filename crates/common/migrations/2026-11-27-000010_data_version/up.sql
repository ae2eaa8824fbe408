-- The version of the data, which invalidates cached responses of the services. A transaction that
-- changes videos, channels or their statistics increments it in its last statement.
CREATE TABLE data_version (
    id integer PRIMARY KEY CHECK (id = 1),
    version bigint NOT NULL
);
INSERT INTO data_version (id, version) VALUES (1, 1);
