//! Health, and what happens while PostgreSQL is away.

use crate::fixture::{LOGIN, NAME, PASSWORD, REGISTER, USER, World, credentials, with_body};
use reqwest::Method;
use test_support::{Reply, TestService, client};

#[actix_web::test]
async fn a_service_with_its_database_is_ready() {
    let world = World::new().await;
    assert_eq!(world.service.get("/health/live").await.status, 200);
    let ready = world.service.get("/health/ready").await;
    assert_eq!(ready.status, 200);
    assert_eq!(ready.json()["dependencies"]["postgres"]["status"], "up");
}

#[actix_web::test]
async fn nobody_there_is_503_and_not_ready() {
    // Port 9 of the loopback network: nothing listens.
    let nobody = [("CREATETREND_POSTGRES__HOST", "127.0.0.1"), ("CREATETREND_POSTGRES__PORT", "9")];
    let service = TestService::start("auth", auth::service, &nobody);
    assert_eq!(service.get("/health/live").await.status, 200);
    assert_eq!(service.get("/health/ready").await.status, 503);
    for path in [REGISTER, LOGIN] {
        let request = client().post(service.url(path));
        let reply = Reply::to(with_body(request, &credentials(NAME, PASSWORD))).await;
        assert_eq!((reply.status.as_u16(), reply.header("retry-after")), (503, Some("1")));
        assert!(!reply.body.contains("127.0.0.1"), "{}", reply.body);
    }
    // What nobody could mean needs no database to be refused.
    let request = client().get(service.url(USER)).header("authorization", "Token nonsense");
    assert_eq!(Reply::to(request).await.status, 401);
}

#[actix_web::test]
async fn a_token_is_not_called_wrong_while_nobody_knows() {
    let World { service, database } = World::new().await;
    let request = || client().post(service.url(REGISTER));
    let body = credentials(NAME, PASSWORD);
    let token = crate::fixture::token_of(&Reply::to(with_body(request(), &body)).await);
    drop(database);
    let request = client().request(Method::GET, service.url(USER));
    let reply = Reply::to(request.header("authorization", format!("Token {token}"))).await;
    assert_eq!((reply.status.as_u16(), reply.header("retry-after")), (503, Some("1")));
}
