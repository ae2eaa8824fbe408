-- Subnets from which an account has logged in. The login limits of unknown addresses do not
-- apply to them. IPv4 addresses, and IPv6 networks as `2001:db8:1:200::`.
CREATE TABLE auth_known_subnet (
    user_id integer NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
    subnet text NOT NULL,
    last_used_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, subnet)
);
CREATE INDEX auth_known_subnet_by_last_use ON auth_known_subnet (last_used_at);
