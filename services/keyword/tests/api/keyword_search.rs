//! `keyword_search/`

use crate::fixture::{TestContext, sample_videos, search_path};
use reqwest::Method;
use test_support::{Reply, client};

const PATH: &str = "/api/keyword_search/";

#[actix_web::test]
async fn keyword_returns_videos_word_map_lines_and_related_keywords() {
    let context = TestContext::with(sample_videos()).await;
    insta::assert_snapshot!(context.search("먹방").await.snapshot());
}

#[actix_web::test]
async fn keyword_without_matches_returns_empty_lists() {
    let context = TestContext::with(sample_videos()).await;
    insta::assert_snapshot!(context.search("없는말").await.snapshot());
}

#[actix_web::test]
async fn missing_or_blank_keyword_returns_404() {
    let context = TestContext::with(vec![]).await;
    let mut replies = Vec::new();
    for query in ["", "?keyword=먹방", "?search", "?search=", "?search=%20%09%E3%80%80+"] {
        let reply = context.service.get(&format!("{PATH}{query}")).await;
        replies.push(format!("GET {query}\n{}", reply.snapshot()));
    }
    insta::assert_snapshot!(replies.join("\n\n"));
}

#[actix_web::test]
async fn invalid_keyword_returns_400_on_the_field() {
    let context = TestContext::with(vec![]).await;
    let mut replies = Vec::new();
    for (name, value) in [
        ("NUL", "a%00b".to_owned()),
        ("invalid UTF-8", "%EB%A8".to_owned()),
        ("101 characters", "%EA%B0%80".repeat(101)),
    ] {
        let reply = context.service.get(&format!("{PATH}?search={value}")).await;
        replies.push(format!("{name}\n{}", reply.snapshot()));
    }
    insta::assert_snapshot!(replies.join("\n\n"));
}

#[actix_web::test]
async fn unknown_method_or_path_returns_json_error() {
    let context = TestContext::with(vec![]).await;
    let mut replies = Vec::new();
    for (method, path) in [
        (Method::POST, "/api/keyword_search/?search=a"),
        (Method::DELETE, "/api/keyword_search"),
        (Method::GET, "/api/keyword_search/a/"),
    ] {
        let reply = context.service.send(method.clone(), path).await;
        replies.push(format!("{method} {path}\n{}", reply.snapshot()));
    }
    insta::assert_snapshot!(replies.join("\n\n"));
}

#[actix_web::test]
async fn word_map_name_is_the_keyword_of_the_request() {
    let context = TestContext::with(sample_videos()).await;
    for keyword in ["먹방", " 먹방 ", "ＢＴＳ", "BTS", "bts"] {
        assert_eq!(context.search_json(keyword).await["wordmap"]["name"], keyword);
    }
}

#[actix_web::test]
async fn path_without_trailing_slash_and_head_return_the_same_response() {
    let context = TestContext::with(sample_videos()).await;
    let path = search_path("먹방");
    let get = context.service.get(&path).await;
    let without_slash = context.service.get(&path.replace("/?", "?")).await;
    assert_eq!((get.status, &get.body), (without_slash.status, &without_slash.body));
    let head = context.service.send(Method::HEAD, &path).await;
    assert_eq!((head.status, head.body.as_str()), (get.status, ""));
    assert_eq!(head.header("etag"), get.header("etag"));
}

#[actix_web::test]
async fn request_with_matching_etag_returns_304() {
    let context = TestContext::with(sample_videos()).await;
    let tag = context.search("먹방").await.header("etag").expect("an ETag").to_owned();
    let url = context.service.url(&search_path("먹방"));
    let reply = Reply::send(client().get(url).header("if-none-match", tag)).await;
    assert_eq!((reply.status.as_u16(), reply.body.as_str()), (304, ""));
}
