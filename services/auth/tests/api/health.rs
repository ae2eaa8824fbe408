//! Health checks, and requests while PostgreSQL is unavailable or read-only.

use crate::fixture::{LOGIN, NAME, PASSWORD, REGISTER, TestContext, USER, credentials, with_body};
use reqwest::Method;
use test_support::{Reply, TestService, client};

#[actix_web::test]
async fn service_with_postgres_is_ready() {
    let context = TestContext::new().await;
    assert_eq!(context.service.get("/health/live").await.status, 200);
    let ready = context.service.get("/health/ready").await;
    assert_eq!(ready.status, 200);
    assert_eq!(ready.json()["dependencies"]["postgres"]["status"], "up");
}

#[actix_web::test]
async fn requests_without_postgres_return_503() {
    // Nothing listens on port 9.
    let unreachable =
        [("CREATETREND_POSTGRES__HOST", "127.0.0.1"), ("CREATETREND_POSTGRES__PORT", "9")];
    let service = TestService::start("auth", auth::service, &unreachable);
    assert_eq!(service.get("/health/live").await.status, 200);
    assert_eq!(service.get("/health/ready").await.status, 503);
    for path in [REGISTER, LOGIN] {
        let request = client().post(service.url(path));
        let reply = Reply::send(with_body(request, &credentials(NAME, PASSWORD))).await;
        assert_eq!((reply.status.as_u16(), reply.header("retry-after")), (503, Some("1")));
        assert!(!reply.body.contains("127.0.0.1"), "{}", reply.body);
    }
    // A malformed token is rejected without the database.
    let request = client().get(service.url(USER)).header("authorization", "Token nonsense");
    assert_eq!(Reply::send(request).await.status, 401);
}

#[actix_web::test]
async fn valid_token_without_postgres_returns_503() {
    let TestContext { service, database } = TestContext::new().await;
    let request = || client().post(service.url(REGISTER));
    let body = credentials(NAME, PASSWORD);
    let token = crate::fixture::token_of(&Reply::send(with_body(request(), &body)).await);
    drop(database);
    let request = client().request(Method::GET, service.url(USER));
    let reply = Reply::send(request.header("authorization", format!("Token {token}"))).await;
    assert_eq!((reply.status.as_u16(), reply.header("retry-after")), (503, Some("1")));
}

/// Sets whether new sessions of the database are read-only.
async fn set_read_only(database: &test_support::TestDatabase, read_only: bool) {
    let name = &database.settings().database;
    let client = database.client().await;
    client.batch_execute("SET default_transaction_read_only = off").await.unwrap();
    let set = format!("ALTER DATABASE {name} SET default_transaction_read_only = {read_only}");
    client.batch_execute(&set).await.unwrap();
}

#[actix_web::test]
async fn writes_to_a_read_only_database_return_503() {
    let context = TestContext::new().await;
    let token = context.register(NAME, PASSWORD).await;
    set_read_only(&context.database, true).await;
    // A failover closes all sessions.
    let disconnect = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    context.database.client().await.batch_execute(disconnect).await.unwrap();
    for path in [LOGIN, REGISTER] {
        let reply = context.post(path, &credentials("other-user", PASSWORD)).await;
        let actual = (reply.status.as_u16(), reply.header("retry-after"));
        assert_eq!(actual, (503, Some("1")), "{path} {}", reply.body);
    }
    let ready = context.service.get("/health/ready").await;
    assert_eq!(ready.status, 503);
    assert_eq!(ready.json()["dependencies"]["postgres"]["detail"], "read-only");
    // Reads still succeed.
    assert_eq!(context.send(Method::GET, USER, &token).await.status, 200);
    // Pooled sessions stay read-only, but are no longer used.
    set_read_only(&context.database, false).await;
    assert_eq!(context.service.get("/health/ready").await.status, 200);
    assert_eq!(context.log_in(NAME, PASSWORD).await.status, 200);
}

#[actix_web::test]
async fn read_only_session_is_not_reused() {
    let context = TestContext::new().await;
    set_read_only(&context.database, true).await;
    let body = credentials(NAME, PASSWORD);
    assert_eq!(context.post(REGISTER, &body).await.status, 503);
    set_read_only(&context.database, false).await;
    assert_eq!(context.post(REGISTER, &body).await.status, 200);
}
