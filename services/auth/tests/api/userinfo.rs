//! `userinfo/update/`

use crate::fixture::{NAME, PASSWORD, TestContext, UPDATE, USER};
use reqwest::Method;
use serde_json::{Value, json};
use test_support::{Reply, client};

/// A context with two channels, 1 and 2147483647.
async fn context() -> (TestContext, String) {
    let context = TestContext::new().await;
    let channels = "INSERT INTO channel (idx, channel_id, subscriber_num)
        VALUES (1, 'UC-1', 1), (2147483647, 'UC-2', 1)";
    context.database.fill(channels).await;
    let token = context.register(NAME, PASSWORD).await;
    (context, token)
}

/// Phone, subscription and channel, as shown now.
async fn shown(context: &TestContext, token: &str) -> Value {
    let info = context.send(Method::GET, USER, token).await.json()["userinfo"].clone();
    json!([info["phone"], info["on_subscribe"], info["own_channel"]])
}

#[actix_web::test]
async fn what_is_put_replaces_everything() {
    let (context, token) = context().await;
    let all = json!({"phone": "010-1234-5678", "on_subscribe": true, "own_channel": 1});
    insta::assert_snapshot!(context.change(Method::PUT, &token, &all).await.snapshot());
    assert_eq!(shown(&context, &token).await, json!(["010-1234-5678", true, 1]));
    let some = json!({"on_subscribe": false, "more": [1, {}]});
    assert_eq!(context.change(Method::PUT, &token, &some).await.status, 200);
    assert_eq!(shown(&context, &token).await, json!([null, false, null]));
    // What the client sends right after registering, and nothing at all.
    for body in ["{}", ""] {
        context.change(Method::PUT, &token, &all).await;
        let request = client().put(context.service.url(UPDATE)).body(body);
        let request = request.header("content-type", "application/json; charset=utf-8");
        let reply = Reply::to(request.header("authorization", format!("Token {token}"))).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        assert_eq!(shown(&context, &token).await, json!([null, null, null]));
    }
}

#[actix_web::test]
async fn what_is_patched_leaves_the_rest() {
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
        assert_eq!(shown(&context, &token).await, expected, "{body}");
    }
    let all = json!({"phone": null, "on_subscribe": null, "own_channel": null});
    assert_eq!(context.change(Method::PATCH, &token, &all).await.status, 200);
    assert_eq!(shown(&context, &token).await, json!([null, null, null]));
}

#[actix_web::test]
async fn what_cannot_be_used_is_refused_and_nothing_changes() {
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
    assert_eq!(shown(&context, &token).await, json!(["1", true, 1]));
    let longest = json!({"phone": "전".repeat(45)});
    assert_eq!(context.change(Method::PUT, &token, &longest).await.status, 200);
}

#[actix_web::test]
async fn an_unknown_channel_is_found_out_too_where_the_key_is_checked_at_the_end() {
    let (context, token) = context().await;
    // As the old system made it, with its name.
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
async fn who_sends_it_is_looked_at_before_what_is_sent() {
    let (context, _) = context().await;
    for request in
        [client().put(context.service.url(UPDATE)), client().patch(context.service.url(UPDATE))]
    {
        let reply = Reply::to(request.header("content-type", "text/plain").body("{")).await;
        assert_eq!(reply.status, 401);
    }
}

#[actix_web::test]
async fn an_account_without_a_row_of_the_old_system_gets_one() {
    let (context, token) = context().await;
    context.database.fill("DELETE FROM accounts_userinfo").await;
    let reply = context.change(Method::PATCH, &token, &json!({"phone": "1"})).await;
    assert_eq!(reply.status, 200);
    assert_eq!(shown(&context, &token).await, json!(["1", null, null]));
}
