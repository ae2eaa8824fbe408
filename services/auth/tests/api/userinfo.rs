//! `userinfo/update/`

use crate::fixture::{NAME, PASSWORD, TestContext, UPDATE, USER};
use reqwest::Method;
use serde_json::{Value, json};
use test_support::{Reply, client};

/// A context with the channels 1 and 2147483647, and the token of an account.
async fn context() -> (TestContext, String) {
    let context = TestContext::new().await;
    let channels = "INSERT INTO channel (idx, channel_id, subscriber_num)
        VALUES (1, 'UC-1', 1), (2147483647, 'UC-2', 1)";
    context.database.fill(channels).await;
    let token = context.register(NAME, PASSWORD).await;
    (context, token)
}

/// The current `phone`, `on_subscribe` and `own_channel`.
async fn userinfo(context: &TestContext, token: &str) -> Value {
    let info = context.send(Method::GET, USER, token).await.json()["userinfo"].clone();
    json!([info["phone"], info["on_subscribe"], info["own_channel"]])
}

#[actix_web::test]
async fn put_replaces_all_fields() {
    let (context, token) = context().await;
    let all = json!({"phone": "010-1234-5678", "on_subscribe": true, "own_channel": 1});
    insta::assert_snapshot!(context.change(Method::PUT, &token, &all).await.snapshot());
    assert_eq!(userinfo(&context, &token).await, json!(["010-1234-5678", true, 1]));
    let some = json!({"on_subscribe": false, "more": [1, {}]});
    assert_eq!(context.change(Method::PUT, &token, &some).await.status, 200);
    assert_eq!(userinfo(&context, &token).await, json!([null, false, null]));
    // The body that the client sends after registration, and an empty one.
    for body in ["{}", ""] {
        context.change(Method::PUT, &token, &all).await;
        let request = client().put(context.service.url(UPDATE)).body(body);
        let request = request.header("content-type", "application/json; charset=utf-8");
        let reply = Reply::send(request.header("authorization", format!("Token {token}"))).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        assert_eq!(userinfo(&context, &token).await, json!([null, null, null]));
    }
}

#[actix_web::test]
async fn patch_changes_only_the_given_fields() {
    let (context, token) = context().await;
    for (body, expected) in [
        (json!({}), json!([null, null, null])),
        (json!({"phone": "1"}), json!(["1", null, null])),
        (json!({"own_channel": "2147483647"}), json!(["1", null, 2_147_483_647])),
        (json!({"on_subscribe": false, "phone": ""}), json!(["", false, 2_147_483_647])),
        (json!({"own_channel": null}), json!(["", false, null])),
    ] {
        let reply = context.change(Method::PATCH, &token, &body).await;
        assert_eq!(reply.json()["status"], "success", "{}", reply.body);
        assert_eq!(userinfo(&context, &token).await, expected, "{body}");
    }
    let all = json!({"phone": null, "on_subscribe": null, "own_channel": null});
    assert_eq!(context.change(Method::PATCH, &token, &all).await.status, 200);
    assert_eq!(userinfo(&context, &token).await, json!([null, null, null]));
}

#[actix_web::test]
async fn update_with_invalid_fields_returns_400_and_changes_nothing() {
    let (context, token) = context().await;
    let before = json!({"phone": "1", "on_subscribe": true, "own_channel": 1});
    context.change(Method::PUT, &token, &before).await;
    let mut replies = Vec::new();
    for body in [
        json!({"phone": "2", "own_channel": 9}),
        json!({"own_channel": 0}),
        json!({"own_channel": -1}),
        json!({"own_channel": 2_147_483_648_i64}),
        json!({"own_channel": u64::MAX}),
        json!({"own_channel": 1.5}),
        json!({"own_channel": "one"}),
        json!({"phone": "전".repeat(46)}),
        json!({"phone": 1, "on_subscribe": "yes", "own_channel": [1]}),
        json!({"phone": "a\0b", "on_subscribe": {}, "own_channel": true}),
    ] {
        let reply = context.change(Method::PUT, &token, &body).await;
        assert_eq!(context.change(Method::PATCH, &token, &body).await.status, reply.status);
        replies.push(format!("{body}\n{}", reply.snapshot()));
    }
    insta::assert_snapshot!(replies.join("\n\n"));
    assert_eq!(userinfo(&context, &token).await, json!(["1", true, 1]));
    let longest = json!({"phone": "전".repeat(45)});
    assert_eq!(context.change(Method::PUT, &token, &longest).await.status, 200);
}

#[actix_web::test]
async fn unknown_channel_with_a_deferred_foreign_key_returns_400() {
    let (context, token) = context().await;
    // The constraint that Django creates.
    let deferred = "ALTER TABLE accounts_userinfo
        DROP CONSTRAINT accounts_userinfo_own_channel_fkey,
        ADD CONSTRAINT accounts_userinfo_own_channel_7de95b9c_fk_channel_idx
            FOREIGN KEY (own_channel) REFERENCES channel DEFERRABLE INITIALLY DEFERRED";
    context.database.fill(deferred).await;
    let reply = context.change(Method::PUT, &token, &json!({"own_channel": 9})).await;
    assert_eq!(reply.status, 400, "{}", reply.body);
    assert_eq!(reply.json()["own_channel"][0], "Invalid pk \"9\" - object does not exist.");
}

#[actix_web::test]
async fn update_without_a_token_returns_401_for_any_body() {
    let (context, _) = context().await;
    for request in
        [client().put(context.service.url(UPDATE)), client().patch(context.service.url(UPDATE))]
    {
        let reply = Reply::send(request.header("content-type", "text/plain").body("{")).await;
        assert_eq!(reply.status, 401);
    }
}

#[actix_web::test]
async fn update_without_a_userinfo_row_inserts_one() {
    let (context, token) = context().await;
    context.database.fill("DELETE FROM accounts_userinfo").await;
    let reply = context.change(Method::PATCH, &token, &json!({"phone": "1"})).await;
    assert_eq!(reply.status, 200);
    assert_eq!(userinfo(&context, &token).await, json!(["1", null, null]));
}
