//! Authentication of requests, against a real database.

use actix_web::web;
use common::{
    auth::{AuthUser, Authenticator, Claims, Keys, MaybeAuthUser, Verifier},
    db::Pool,
    http::{Field, Json, Server, ServiceParts, no_store, resource},
    settings::CommonSettings,
};
use jsonwebtoken::{Header, encode};
use std::collections::HashMap;
use test_support::{Protocol, Proxy, Reply, TestDatabase, client};
use uuid::Uuid;

/// Two users, the second of them inactive.
const USERS: &str = "
    INSERT INTO auth_user (id, password, is_superuser, username, first_name, last_name, email,
        is_staff, is_active, date_joined)
    VALUES (1, '!', false, 'minji', '', '', '', false, true, now()),
        (2, '!', false, 'junho', '', '', '', false, false, now())";

const PATH: &str = "/api/who/";

/// A service that returns the authenticated user.
struct TestContext {
    database: TestDatabase,
    settings: CommonSettings,
    server: Server,
    proxy: Proxy,
}

impl TestContext {
    async fn new() -> Self {
        let database = TestDatabase::create().await;
        database.fill(USERS).await;
        let mut settings = test_support::settings();
        settings.postgres = database.settings().clone();
        "127.0.0.1".clone_into(&mut settings.http.host);
        settings.http.port = 0;
        let target = format!("{}:{}", settings.postgres.host, settings.postgres.port);
        let proxy = Proxy::start(&target, Protocol::Postgres);
        "127.0.0.1".clone_into(&mut settings.postgres.host);
        settings.postgres.port = proxy.port();
        let server = start(&settings);
        Self { database, settings, server, proxy }
    }

    /// A token of this user, valid for a day, with its row.
    async fn token(&self, user: i32) -> (Uuid, String) {
        let jti = Uuid::new_v4();
        let row =
            format!("INSERT INTO auth_token VALUES ('{jti}', {user}, now() + interval '1 day')");
        self.sql(&row).await;
        (jti, self.sign(user, jti))
    }

    fn sign(&self, user: i32, jti: Uuid) -> String {
        let tokens = &self.settings.tokens;
        let (iss, aud) = (tokens.issuer.clone(), tokens.audience.clone());
        let iat = chrono::Utc::now().timestamp();
        let claims = Claims { iss, aud, sub: user.to_string(), jti, iat, exp: iat + 86400 };
        let keys = Keys::new(tokens).unwrap();
        let (id, key) = keys.signing_key();
        encode(&Header { kid: Some(id.to_owned()), ..Header::default() }, &claims, &key).unwrap()
    }

    async fn sql(&self, statement: &str) {
        self.database.client().await.batch_execute(statement).await.unwrap();
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.server.address())
    }

    async fn get(&self, path: &str, authorization: Option<&str>) -> Reply {
        let request = client().get(self.url(path));
        let with = |value: &str| request.try_clone().unwrap().header("authorization", value);
        Reply::send(authorization.map_or_else(|| request.try_clone().unwrap(), with)).await
    }

    async fn status(&self, token: &str) -> u16 {
        self.get(PATH, Some(&format!("Token {token}"))).await.status.as_u16()
    }
}

fn start(settings: &CommonSettings) -> Server {
    let pool = Pool::new(&settings.postgres).unwrap();
    let keys = Keys::new(&settings.tokens).unwrap();
    let authenticator = Authenticator::new(Verifier::new(keys, &settings.tokens), pool);
    let routes = move |config: &mut web::ServiceConfig| {
        config
            .app_data(web::Data::new(authenticator.clone()))
            .service(resource(PATH).wrap(no_store()).get(who).head(who).post(fields))
            .service(resource("/api/perhaps/").get(perhaps));
    };
    let service = ServiceParts::new(routes, vec![]);
    Server::start("sample", settings, service).unwrap()
}

async fn who(user: AuthUser) -> String {
    user.id.to_string()
}

async fn perhaps(MaybeAuthUser(user): MaybeAuthUser) -> String {
    user.map_or_else(|| "anonymous".to_owned(), |user| user.id.to_string())
}

async fn fields(Json(fields): Json<HashMap<String, Field<String>>>) -> String {
    format!("{fields:?}")
}

#[actix_web::test]
async fn valid_token_authenticates_in_one_statement() {
    let context = TestContext::new().await;
    let (_, token) = context.token(1).await;
    // The first request opens the connection.
    assert_eq!(context.status(&token).await, 200);
    for scheme in ["Token", "Bearer", "token"] {
        context.proxy.take_count();
        let reply = context.get(PATH, Some(&format!("{scheme} {token}"))).await;
        assert_eq!((reply.status.as_u16(), reply.body.as_str()), (200, "1"), "{scheme}");
        assert_eq!(reply.header("cache-control"), Some("no-store"));
        assert_eq!(context.proxy.take_count(), 1);
    }
}

#[actix_web::test]
async fn request_without_valid_token_returns_401_without_a_statement() {
    let context = TestContext::new().await;
    insta::assert_snapshot!(context.get(PATH, None).await.snapshot());
    insta::assert_snapshot!(context.get(PATH, Some("Token a.b.c")).await.snapshot());
    assert_eq!(context.proxy.take_count(), 0);
}

#[actix_web::test]
async fn revoked_token_returns_401() {
    let context = TestContext::new().await;
    let (jti, token) = context.token(1).await;
    assert_eq!(context.status(&token).await, 200);
    let other = context.token(1).await.1;
    context.sql(&format!("DELETE FROM auth_token WHERE jti = '{jti}'")).await;
    assert_eq!((context.status(&token).await, context.status(&other).await), (401, 200));
    assert_eq!(context.status(&context.sign(1, Uuid::new_v4())).await, 401);
}

#[actix_web::test]
async fn expired_or_foreign_token_row_returns_401() {
    let context = TestContext::new().await;
    let (jti, token) = context.token(1).await;
    assert_eq!(context.status(&context.sign(2, jti)).await, 401);
    context.sql("UPDATE auth_token SET expires_at = now()").await;
    assert_eq!(context.status(&token).await, 401);
}

#[actix_web::test]
async fn inactive_user_returns_401() {
    let context = TestContext::new().await;
    let (_, token) = context.token(2).await;
    assert_eq!(context.status(&token).await, 401);
    context.sql("UPDATE auth_user SET is_active = true").await;
    assert_eq!(context.status(&token).await, 200);
}

#[actix_web::test]
async fn optional_authentication_without_header_is_anonymous() {
    let context = TestContext::new().await;
    let (_, token) = context.token(1).await;
    assert_eq!(context.get("/api/perhaps/", None).await.body, "anonymous");
    assert_eq!(context.get("/api/perhaps/", Some(&format!("Token {token}"))).await.body, "1");
    for wrong in ["Token a.b.c", "Basic YTpi", ""] {
        assert_eq!(context.get("/api/perhaps/", Some(wrong)).await.status, 401, "{wrong}");
    }
}

#[actix_web::test]
async fn unreachable_database_returns_503() {
    let mut context = TestContext::new().await;
    let (_, token) = context.token(1).await;
    context.settings.postgres.port = 9;
    context.server = start(&context.settings);
    assert_eq!(context.status(&token).await, 503);
}

#[actix_web::test]
async fn no_store_resource_lists_its_methods() {
    let context = TestContext::new().await;
    for path in ["/api/who/", "/api/who"] {
        let send = |method| Reply::send(client().request(method, context.url(path)));
        let options = send(reqwest::Method::OPTIONS).await;
        assert_eq!(options.status, 204);
        assert_eq!(options.header("allow"), Some("GET, HEAD, POST, OPTIONS"));
        assert_eq!(send(reqwest::Method::HEAD).await.status, 401);
        let rejected = send(reqwest::Method::DELETE).await;
        assert_eq!(rejected.status, 405);
        assert_eq!(rejected.header("allow"), options.header("allow"));
        assert_eq!(rejected.header("cache-control"), Some("no-store"));
    }
}

#[actix_web::test]
async fn unreadable_body_returns_json_error() {
    let context = TestContext::new().await;
    let post = |kind: &'static str, body: Vec<u8>| {
        Reply::send(client().post(context.url(PATH)).header("content-type", kind).body(body))
    };
    let fine = post("application/json", b"{}".to_vec()).await;
    assert_eq!((fine.status.as_u16(), fine.header("cache-control")), (200, Some("no-store")));
    let nothing = Reply::send(client().post(context.url(PATH))).await;
    assert_eq!(nothing.status, 200);
    let replies = [
        post("application/json", b"{".to_vec()).await,
        post("application/json", b"[]".to_vec()).await,
        post("text/plain", b"{}".to_vec()).await,
        post("application/json", vec![b' '; 70_000]).await,
    ];
    let texts: Vec<String> = replies.iter().map(Reply::snapshot).collect();
    insta::assert_snapshot!(texts.join("\n\n"));
}
