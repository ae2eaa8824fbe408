//! `me/watchlist/`

use crate::fixture::{NAME, PASSWORD, TestContext, WATCHLIST};
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use test_support::Reply;

const CHANNELS: &str =
    "INSERT INTO channel (idx, channel_id, channel_name, thumbnail_url, subscriber_num)
    VALUES (7, 'UC7', '오늘의 밥상', 'https://yt3.ggpht.com/a', 100), (8, 'UC8', NULL, NULL, 5);
    INSERT INTO keyword (idx, key, name) VALUES (1, 'bts', 'BTS')";

async fn put(context: &TestContext, token: &str, body: &Value) -> Reply {
    context.send_body(Method::PUT, WATCHLIST, token, body).await
}

fn keyword(target: &str, note: &str) -> Value {
    json!({"kind": "keyword", "target": target, "note": note})
}

async fn entries(context: &TestContext, token: &str) -> Vec<Value> {
    let reply = context.send(Method::GET, WATCHLIST, token).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.json()["entries"].as_array().unwrap().clone()
}

#[actix_web::test]
async fn watchlist_has_one_entry_for_all_spellings_of_a_keyword() {
    let context = TestContext::new().await;
    context.database.fill(CHANNELS).await;
    let token = context.register(NAME, PASSWORD).await;
    let first = put(&context, &token, &keyword("b t s", "a")).await;
    assert_eq!((first.status.as_u16(), first.header("cache-control")), (200, Some("no-store")));
    let second = put(&context, &token, &keyword("ＢＴＳ", "b")).await;
    assert_eq!(first.json()["id"], second.json()["id"]);
    // Unknown to the rollups, and longer than their spelling.
    put(&context, &token, &keyword(" 새로운  키워드 ", "")).await;
    put(&context, &token, &json!({"kind": "channel", "target": "7"})).await;
    put(&context, &token, &json!({"kind": "channel", "target": "8"})).await;
    let found = entries(&context, &token).await;
    let texts: Vec<_> = found
        .iter()
        .map(|entry| {
            let text = |name: &str| entry[name].as_str().unwrap_or("-").to_owned();
            format!("{} {} {} {}", text("kind"), text("name"), entry["channel_idx"], text("note"))
        })
        .collect();
    let expected = [
        "keyword BTS null b",
        "keyword 새로운 키워드 null ",
        "channel 오늘의 밥상 7 ",
        "channel  8 ",
    ];
    assert_eq!(texts, expected);
    assert_eq!(found[2]["thumbnail_url"], "https://yt3.ggpht.com/a");
}

#[actix_web::test]
async fn entries_of_another_account_are_neither_listed_nor_deleted() {
    let context = TestContext::new().await;
    let token = context.register(NAME, PASSWORD).await;
    let other = context.register("other-user", PASSWORD).await;
    let entry = put(&context, &token, &keyword("먹방", "")).await.json();
    assert!(entries(&context, &other).await.is_empty());
    let path = format!("{WATCHLIST}{}/", entry["id"]);
    assert_eq!(context.send(Method::DELETE, &path, &other).await.status, 404);
    assert_eq!(entries(&context, &token).await.len(), 1);
    assert_eq!(context.send(Method::DELETE, &path, &token).await.status, 204);
    assert_eq!(context.send(Method::DELETE, &path, &token).await.status, 404);
    assert!(entries(&context, &token).await.is_empty());
    for id in ["0", "-1", "x", "2147483648", "99999999999999999999", "%00"] {
        let reply = context.send(Method::DELETE, &format!("{WATCHLIST}{id}/"), &token).await;
        assert_eq!(reply.status, 404, "{id}");
    }
}

#[actix_web::test]
async fn invalid_entries_return_400_on_the_field() {
    let context = TestContext::new().await;
    let token = context.register(NAME, PASSWORD).await;
    for (body, field) in [
        (json!({"kind": "channel", "target": "7"}), "target"),
        (json!({"kind": "channel", "target": "2147483647"}), "target"),
        (json!({"kind": "video", "target": "7"}), "kind"),
        (json!({"kind": "keyword", "target": "x".repeat(101)}), "target"),
        (json!({"kind": "keyword", "target": "a\u{0}"}), "target"),
        (json!({"kind": "keyword", "target": "a", "note": "\u{0}"}), "note"),
        (json!({"kind": "keyword", "target": "a", "note": "가".repeat(501)}), "note"),
        (json!({"kind": "keyword", "target": ["a"], "note": {}}), "target"),
        (json!([]), "non_field_errors"),
    ] {
        let reply = put(&context, &token, &body).await;
        assert_eq!(reply.status, 400, "{body}");
        assert!(reply.json()[field].is_array(), "{body}: {}", reply.body);
    }
    let huge = put(&context, &token, &keyword("a", &"a".repeat(70_000))).await;
    assert_eq!(huge.status, 413);
    assert!(entries(&context, &token).await.is_empty());
    // 401 before any error of the body.
    assert_eq!(put(&context, "a.b.c", &json!([])).await.status, 401);
}

#[actix_web::test]
async fn concurrent_requests_do_not_exceed_the_limit_of_entries() {
    let context = TestContext::new().await;
    let token = context.register(NAME, PASSWORD).await;
    let user = "SELECT id::int8 FROM auth_user";
    let user = context.count(user).await;
    let fill = format!(
        "INSERT INTO auth_watch (user_id, keyword_key, keyword, note, created_at)
         SELECT {user}, 'k' || n, 'k' || n, '', now() FROM generate_series(1, 97) n"
    );
    context.database.fill(&fill).await;
    let requests = (0..12).map(|number| {
        let (context, token) = (&context, &token);
        async move { put(context, token, &keyword(&format!("new {number}"), "")).await }
    });
    let mut replies = join_all(requests).await;
    replies.sort_by_key(|reply| reply.status);
    let statuses: Vec<_> = replies.iter().map(|reply| reply.status.as_u16()).collect();
    assert_eq!(statuses, [[200; 3].as_slice(), &[400; 9]].concat());
    let full = replies.last().unwrap().json();
    assert_eq!(full["non_field_errors"][0], "The watchlist is full: it has 100 entries.");
    assert_eq!(entries(&context, &token).await.len(), 100);
    // The note of an entry can still change, and other accounts have their own limit.
    assert_eq!(put(&context, &token, &keyword("k1", "a note")).await.status, 200);
    let other = context.register("other-user", PASSWORD).await;
    assert_eq!(put(&context, &other, &keyword("k1", "")).await.status, 200);
}
