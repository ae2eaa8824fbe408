//! A service with an isolated database, and requests of clients.

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use test_support::{Reply, TestDatabase, TestService, client};

pub const REGISTER: &str = "/api/accounts/auth/register/";
pub const LOGIN: &str = "/api/accounts/auth/login/";
pub const USER: &str = "/api/accounts/auth/user/";
pub const UPDATE: &str = "/api/accounts/auth/userinfo/update/";
pub const LOGOUT: &str = "/api/accounts/auth/logout/";
pub const WATCHLIST: &str = "/api/me/watchlist/";
pub const DIGEST: &str = "/api/me/digest/";
pub const FEED: &str = "/api/me/feed/";
pub const KEYS: &str = "/api/me/keys/";
pub const PASSWORD_CHANGE: &str = "/api/me/password/";
pub const DELETION: &str = "/api/me/deletion/";
pub const EXPORT: &str = "/api/me/export/";
pub const LOGOUT_ALL: &str = "/api/accounts/auth/logoutall/";

/// Valid credentials.
pub const NAME: &str = "오늘의_먹방";
pub const PASSWORD: &str = "말 많은 비밀번호 42";

/// The signing key of the service.
pub const KEY: &str = "a key of tests that is long enough";
/// A previous key, with which the service still verifies tokens.
pub const PREVIOUS_KEY: &str = "a previous key that is long enough";

/// Rate limits that no test reaches.
const UNLIMITED: [(&str, &str); 5] = [
    ("CREATETREND_AUTH__ACCOUNT__FREE_ATTEMPTS", "1000"),
    ("CREATETREND_AUTH__ACCOUNT_NETWORK__FREE_ATTEMPTS", "1000"),
    ("CREATETREND_AUTH__ACCOUNT_ADDRESS__FREE_ATTEMPTS", "1000"),
    ("CREATETREND_AUTH__ADDRESS__FREE_ATTEMPTS", "1000"),
    ("CREATETREND_AUTH__REGISTER__FREE_ATTEMPTS", "1000"),
];

pub struct TestContext {
    pub service: TestService,
    pub database: TestDatabase,
}

impl TestContext {
    pub async fn new() -> Self {
        Self::with_settings(&UNLIMITED).await
    }

    /// With environment variables of the service; the default rate limits apply.
    pub async fn with_settings(settings: &[(&str, &str)]) -> Self {
        let database = TestDatabase::create().await;
        let keys = format!("k2:{KEY},k1:{PREVIOUS_KEY}");
        let required = [database.setting(), ("CREATETREND_TOKENS__KEYS", &keys)];
        let settings = [&required, settings].concat();
        let service = TestService::start("auth", auth::service, &settings);
        Self { service, database }
    }

    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        Reply::send(with_body(client().post(self.service.url(path)), body)).await
    }

    /// Sends an authenticated request without a body.
    pub async fn send(&self, method: Method, path: &str, token: &str) -> Reply {
        let request = client().request(method, self.service.url(path));
        Reply::send(request.header("authorization", format!("Token {token}"))).await
    }

    /// Sends an authenticated request to `userinfo/update/`.
    pub async fn change(&self, method: Method, token: &str, body: &Value) -> Reply {
        let request = client().request(method, self.service.url(UPDATE));
        let request = request.header("authorization", format!("Token {token}"));
        Reply::send(with_body(request, body)).await
    }

    /// Sends an authenticated request with a body.
    pub async fn send_body(&self, method: Method, path: &str, token: &str, body: &Value) -> Reply {
        let request = client().request(method, self.service.url(path));
        let request = request.header("authorization", format!("Token {token}"));
        Reply::send(with_body(request, body)).await
    }

    /// Registers an account and returns its token.
    pub async fn register(&self, username: &str, password: &str) -> String {
        token_of(&self.post(REGISTER, &credentials(username, password)).await)
    }

    pub async fn log_in(&self, username: &str, password: &str) -> Reply {
        self.post(LOGIN, &credentials(username, password)).await
    }

    /// The single number that a statement returns.
    pub async fn count(&self, statement: &str) -> i64 {
        let client = self.database.client().await;
        client.query_one(statement, &[]).await.expect("one row").get(0)
    }

    /// The single text that a statement returns.
    pub async fn text(&self, statement: &str) -> String {
        let client = self.database.client().await;
        client.query_one(statement, &[]).await.expect("one row").get(0)
    }
}

/// The body of `register/` and `login/`.
pub fn credentials(username: &str, password: &str) -> Value {
    json!({"username": username, "password": password})
}

pub fn with_body(request: RequestBuilder, body: &Value) -> RequestBuilder {
    request.header("content-type", "application/json").body(body.to_string())
}

/// The token in a successful response.
pub fn token_of(reply: &Reply) -> String {
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.json()["token"].as_str().expect("a token").to_owned()
}

/// The snapshot of a response with its token redacted.
pub fn snapshot(mut reply: Reply) -> String {
    if let Some(token) = serde_json::from_str::<Value>(&reply.body)
        .ok()
        .and_then(|body| body["token"].as_str().map(str::to_owned))
    {
        assert_eq!(token.split('.').count(), 3, "a JWT has three parts");
        reply.body = reply.body.replace(&token, "<token>");
    }
    reply.snapshot()
}
