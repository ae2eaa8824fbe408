//! `keyword_search/`: its answers and its refusals.

use crate::fixture::{TestContext, kitchen, path_of};
use reqwest::Method;
use test_support::{Reply, client};

const PATH: &str = "/api/keyword_search/";

#[actix_web::test]
async fn a_keyword_shows_its_videos_its_word_map_its_lines_and_its_neighbours() {
    let context = TestContext::with(kitchen()).await;
    insta::assert_snapshot!(context.search("먹방").await.snapshot());
}

#[actix_web::test]
async fn a_keyword_that_nothing_matches_has_empty_lists() {
    let context = TestContext::with(kitchen()).await;
    insta::assert_snapshot!(context.search("없는말").await.snapshot());
}

#[actix_web::test]
async fn without_a_keyword_there_is_no_such_page() {
    let context = TestContext::with(vec![]).await;
    let mut replies = Vec::new();
    for query in ["", "?keyword=먹방", "?search", "?search=", "?search=%20%09%E3%80%80+"] {
        let reply = context.service.get(&format!("{PATH}{query}")).await;
        replies.push(format!("GET {query}\n{}", reply.snapshot()));
    }
    insta::assert_snapshot!(replies.join("\n\n"));
}

#[actix_web::test]
async fn a_keyword_that_cannot_be_used_is_an_error_of_its_field() {
    let context = TestContext::with(vec![]).await;
    let mut replies = Vec::new();
    for (name, value) in [
        ("NUL", "a%00b".to_owned()),
        ("broken UTF-8", "%EB%A8".to_owned()),
        ("101 characters", "%EA%B0%80".repeat(101)),
    ] {
        let reply = context.service.get(&format!("{PATH}?search={value}")).await;
        replies.push(format!("{name}\n{}", reply.snapshot()));
    }
    insta::assert_snapshot!(replies.join("\n\n"));
}

#[actix_web::test]
async fn other_methods_and_paths_are_refused_in_json() {
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
async fn the_word_map_is_named_as_the_client_spelt_the_keyword() {
    let context = TestContext::with(kitchen()).await;
    for keyword in ["먹방", " 먹방 ", "ＢＴＳ", "BTS", "bts"] {
        assert_eq!(context.find(keyword).await["wordmap"]["name"], keyword);
    }
}

#[actix_web::test]
async fn both_spellings_and_both_methods_give_the_same_answer() {
    let context = TestContext::with(kitchen()).await;
    let path = path_of("먹방");
    let get = context.service.get(&path).await;
    let bare = context.service.get(&path.replace("/?", "?")).await;
    assert_eq!((get.status, &get.body), (bare.status, &bare.body));
    let head = context.service.send(Method::HEAD, &path).await;
    assert_eq!((head.status, head.body.as_str()), (get.status, ""));
    assert_eq!(head.header("etag"), get.header("etag"));
}

#[actix_web::test]
async fn a_client_that_has_the_answer_gets_304() {
    let context = TestContext::with(kitchen()).await;
    let tag = context.search("먹방").await.header("etag").expect("an ETag").to_owned();
    let url = context.service.url(&path_of("먹방"));
    let reply = Reply::to(client().get(url).header("if-none-match", tag)).await;
    assert_eq!((reply.status.as_u16(), reply.body.as_str()), (304, ""));
}
