//! What holds for every route: methods, spellings, caching, CORS.

use crate::fixture::{
    LOGIN, LOGOUT, LOGOUT_ALL, NAME, PASSWORD, REGISTER, UPDATE, USER, World, credentials,
};
use reqwest::Method;
use serde_json::json;
use test_support::{Reply, client};

const ALL: [&str; 6] = [REGISTER, LOGIN, USER, UPDATE, LOGOUT, LOGOUT_ALL];

#[actix_web::test]
async fn each_route_names_its_methods_and_refuses_others() {
    let world = World::new().await;
    for (path, allow) in ALL.into_iter().zip([
        "POST, OPTIONS",
        "POST, OPTIONS",
        "GET, HEAD, OPTIONS",
        "PUT, PATCH, OPTIONS",
        "POST, OPTIONS",
        "POST, OPTIONS",
    ]) {
        let options = world.service.send(Method::OPTIONS, path).await;
        assert_eq!(
            (options.status.as_u16(), options.header("allow")),
            (204, Some(allow)),
            "{path}"
        );
        let refused = world.service.send(Method::DELETE, path).await;
        assert_eq!(
            (refused.status.as_u16(), refused.header("allow")),
            (405, Some(allow)),
            "{path}"
        );
        assert_eq!(refused.json()["code"], "method_not_allowed");
    }
    for path in ["/api/accounts/", "/api/accounts/auth/", "/api/accounts/auth/other/"] {
        assert_eq!(world.service.get(path).await.json()["code"], "not_found");
    }
}

#[actix_web::test]
async fn both_spellings_answer_the_same() {
    let world = World::new().await;
    let body = credentials(NAME, PASSWORD);
    assert_eq!(world.post(REGISTER.trim_end_matches('/'), &body).await.status, 200);
    let login = world.post(LOGIN.trim_end_matches('/'), &body).await.json();
    let token = login["token"].as_str().expect("a token").to_owned();
    let with = world.send(Method::GET, USER, &token).await;
    let without = world.send(Method::GET, USER.trim_end_matches('/'), &token).await;
    assert_eq!((with.status, with.body), (without.status, without.body));
    let logout = world.send(Method::POST, LOGOUT.trim_end_matches('/'), &token).await;
    assert_eq!(logout.status, 204);
}

#[actix_web::test]
async fn no_answer_is_ever_kept() {
    let world = World::new().await;
    let body = credentials(NAME, PASSWORD);
    let mut replies = vec![world.post(REGISTER, &body).await, world.post(REGISTER, &body).await];
    let token = replies[0].json()["token"].as_str().expect("a token").to_owned();
    replies.push(world.post(LOGIN, &body).await);
    replies.push(world.post(LOGIN, &credentials(NAME, "wrong")).await);
    replies.push(world.send(Method::GET, USER, &token).await);
    replies.push(world.send(Method::HEAD, USER, &token).await);
    replies.push(world.service.get(USER).await);
    replies.push(world.change(Method::PUT, &token, &json!({})).await);
    replies.push(world.change(Method::PATCH, &token, &json!({"phone": 1})).await);
    replies.push(world.send(Method::POST, LOGOUT, &token).await);
    replies.push(world.send(Method::POST, LOGOUT_ALL, &token).await);
    for path in ALL {
        replies.push(world.service.send(Method::OPTIONS, path).await);
        replies.push(world.service.send(Method::DELETE, path).await);
    }
    for reply in replies {
        assert_eq!(reply.header("cache-control"), Some("no-store"), "{reply:?}");
        assert_eq!(reply.header("etag"), None, "{reply:?}");
    }
}

#[actix_web::test]
async fn head_has_the_headers_of_get_and_no_body() {
    let world = World::new().await;
    let token = world.register(NAME, PASSWORD).await;
    let get = world.send(Method::GET, USER, &token).await;
    let head = world.send(Method::HEAD, USER, &token).await;
    assert_eq!((head.status.as_u16(), head.body.as_str()), (200, ""));
    assert_eq!(head.header("content-length"), Some(get.body.len().to_string().as_str()));
}

#[actix_web::test]
async fn a_page_of_any_origin_may_ask() {
    let world = World::new().await;
    let preflight = client()
        .request(Method::OPTIONS, world.service.url(LOGIN))
        .header("origin", "https://createtrend.example")
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "authorization, content-type");
    let reply = Reply::to(preflight).await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
    assert_eq!(reply.header("access-control-allow-credentials"), None);
}
