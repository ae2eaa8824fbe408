//! `me/feed/`

use crate::{
    digest::{fixture, last_week, watch_all},
    fixture::{FEED, NAME, PASSWORD, TestContext},
};
use reqwest::{Method, RequestBuilder};
use serde_json::Value;
use test_support::{Reply, client};

async fn create(context: &TestContext, token: &str) -> String {
    let reply = context.send(Method::POST, FEED, token).await;
    assert_eq!(reply.status, 201, "{}", reply.body);
    let url = reply.json()["url"].as_str().unwrap().to_owned();
    assert!(url.starts_with(&context.service.url(FEED)) && url.contains(".atom"), "{url}");
    url
}

fn get(url: &str) -> RequestBuilder {
    client().get(url)
}

#[actix_web::test]
async fn feed_contains_alerts_and_the_digest_with_stable_ids() {
    let context = TestContext::new().await;
    context.database.fill(&fixture()).await;
    let token = context.register(NAME, PASSWORD).await;
    watch_all(&context, &token).await;
    let url = create(&context, &token).await;
    let first = Reply::send(get(&url)).await;
    assert_eq!(first.status, 200, "{}", first.body);
    assert_eq!(first.header("content-type"), Some("application/atom+xml; charset=utf-8"));
    assert_eq!(first.header("cache-control"), Some("private, max-age=600"));
    for text in [
        "‘먹방’ 키워드가 뜨고 있어요 (4위)",
        "오늘의 밥상: video &lt;1&gt; (평소의 4.0배)",
        &format!("{} 주간 요약", last_week().1),
        "먹방: 영상 21개 (+14)",
        "★ video &lt;1&gt; (평소의 4.0배)",
        "/videos/1\"",
        "/keyword?q=%EB%A8%B9%EB%B0%A9\"",
    ] {
        assert!(first.body.contains(text), "{text} in {}", first.body);
    }
    assert_eq!(first.body.matches("<entry>").count(), 3);
    assert_eq!(Reply::send(get(&url)).await.body, first.body);
    let english = Reply::send(get(&format!("{url}?lang=en"))).await;
    for text in ["The keyword “먹방” is rising (rank 4)", "먹방: 21 videos (+14)"] {
        assert!(english.body.contains(text), "{text} in {}", english.body);
    }
    let invalid = Reply::send(get(&format!("{url}?lang=fr"))).await;
    assert_eq!((invalid.status.as_u16(), invalid.json()["lang"].is_array()), (400, true));
    // The entries have the same ids with a new token.
    let renewed = Reply::send(get(&create(&context, &token).await)).await;
    assert_eq!(renewed.body, first.body);
}

#[actix_web::test]
async fn unchanged_feed_returns_304() {
    let context = TestContext::new().await;
    let token = context.register(NAME, PASSWORD).await;
    let url = create(&context, &token).await;
    let full = Reply::send(get(&url)).await;
    assert_eq!(full.body.matches("<entry>").count(), 0);
    let (etag, modified) = (full.header("etag").unwrap(), full.header("last-modified").unwrap());
    let status = async |headers: &[(&str, &str)]| {
        let request =
            headers.iter().fold(get(&url), |request, (name, value)| request.header(*name, *value));
        let reply = Reply::send(request).await;
        assert_eq!(reply.header("etag"), Some(etag));
        assert!(reply.status == 200 || reply.body.is_empty());
        reply.status.as_u16()
    };
    assert_eq!(status(&[("if-none-match", etag)]).await, 304);
    assert_eq!(status(&[("if-none-match", &format!("\"a\", W/{etag}"))]).await, 304);
    assert_eq!(status(&[("if-none-match", "\"a\"")]).await, 200);
    assert_eq!(status(&[("if-modified-since", modified)]).await, 304);
    assert_eq!(status(&[("if-modified-since", "Sat, 01 Jan 2005 00:00:00 GMT")]).await, 200);
    // If-None-Match takes precedence.
    assert_eq!(status(&[("if-none-match", "\"a\""), ("if-modified-since", modified)]).await, 200);
}

#[actix_web::test]
async fn replaced_revoked_and_foreign_tokens_return_404() {
    let context = TestContext::new().await;
    let token = context.register(NAME, PASSWORD).await;
    assert_eq!(context.send(Method::GET, FEED, &token).await.json()["created_at"], Value::Null);
    assert_eq!(context.send(Method::DELETE, FEED, &token).await.status, 404);
    let old = create(&context, &token).await;
    let new = create(&context, &token).await;
    assert!(context.send(Method::GET, FEED, &token).await.json()["created_at"].is_string());
    let status = async |url: &str| Reply::send(get(url)).await.status.as_u16();
    assert_eq!((status(&old).await, status(&new).await), (404, 200));
    // Another account does not revoke it.
    let other = context.register("other-user", PASSWORD).await;
    assert_eq!(context.send(Method::DELETE, FEED, &other).await.status, 404);
    assert_eq!(status(&new).await, 200);
    context.database.fill("UPDATE auth_user SET is_active = false").await;
    assert_eq!(status(&new).await, 404);
    context.database.fill("UPDATE auth_user SET is_active = true").await;
    let stored = context.text("SELECT token_hash FROM auth_feed").await;
    assert!(!new.contains(&stored) && stored.len() == 64);
    let own = [
        &new[..new.len() - 5],
        &format!("{new}/a"),
        &new.replace("cf_", "ct_"),
        &new.replace(".atom", "x.atom"),
    ];
    for url in own {
        assert_eq!(status(url).await, 404, "{url}");
    }
    for path in
        [format!("{stored}.atom"), "a".to_owned(), "%00.atom".to_owned(), "%FF.atom".to_owned()]
    {
        assert_eq!(status(&context.service.url(&format!("{FEED}{path}"))).await, 404, "{path}");
    }
    assert_eq!(context.send(Method::DELETE, FEED, &token).await.status, 204);
    assert_eq!(status(&new).await, 404);
}
