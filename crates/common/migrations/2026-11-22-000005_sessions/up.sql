-- Valid tokens, and failed login attempts.

-- A token without a row is revoked.
CREATE TABLE auth_token (
    jti uuid PRIMARY KEY,
    user_id integer NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
    expires_at timestamptz NOT NULL
);
CREATE INDEX auth_token_by_user ON auth_token (user_id);
CREATE INDEX auth_token_by_expiry ON auth_token (expires_at);

-- Rate limits of login attempts, by account or address.
CREATE TABLE auth_throttle (
    key text PRIMARY KEY,
    failures integer NOT NULL,
    blocked_until timestamptz NOT NULL,
    seen_at timestamptz NOT NULL
);
CREATE INDEX auth_throttle_by_last_try ON auth_throttle (seen_at);
