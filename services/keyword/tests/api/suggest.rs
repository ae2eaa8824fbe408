//! Suggestions while typing.

use crate::fixture::sample_videos;
use common::keywords::compose;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use test_support::{Reply, TestIndex, TestService};
use unicode_normalization::UnicodeNormalization;

/// The highest popularity first.
const KEYWORDS: [(&str, i32); 10] = [
    ("먹방", 90),
    ("메이크업", 80),
    ("BTS", 75),
    ("먹방 브이로그", 70),
    ("마블", 60),
    ("game", 55),
    ("게임", 50),
    ("멍뭉이", 40),
    ("🍜 라면", 30),
    ("값싼 여행", 20),
];

struct TestContext {
    service: TestService,
    /// Deleted on drop.
    index: TestIndex,
}

impl TestContext {
    async fn new() -> Self {
        Self::with_settings(&[]).await
    }

    async fn with_settings(settings: &[(&str, &str)]) -> Self {
        let index = TestIndex::with_documents(&sample_videos()).await;
        index.suggest(&KEYWORDS).await;
        let settings = [&[index.setting()], settings].concat();
        Self { service: TestService::start("keyword", keyword::service, &settings), index }
    }

    async fn get(&self, text: &str) -> Reply {
        let text = utf8_percent_encode(text, NON_ALPHANUMERIC);
        self.service.get(&format!("/api/keywords/suggest/?q={text}")).await
    }

    /// The suggestions and how they match.
    async fn suggest(&self, text: &str) -> Vec<(String, String)> {
        let reply = self.get(text).await;
        assert_eq!(reply.status, 200, "{text}: {}", reply.body);
        let body = reply.json();
        let results = body["results"].as_array().expect("a list").iter();
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        results.map(|result| (text(&result["keyword"]), text(&result["matched"]))).collect()
    }

    async fn keywords(&self, text: &str) -> Vec<String> {
        self.suggest(text).await.into_iter().map(|(keyword, _)| keyword).collect()
    }
}

#[actix_web::test]
async fn keywords_that_begin_with_the_text_are_ordered_by_popularity() {
    let context = TestContext::new().await;
    let all = ["먹방", "메이크업", "먹방 브이로그", "마블", "멍뭉이"];
    assert_eq!(context.keywords("ㅁ").await, all);
    assert_eq!(context.keywords("머").await, ["먹방", "먹방 브이로그", "멍뭉이"]);
    for typed in ["먹", "먹ㅂ", "먹바"] {
        assert_eq!(context.keywords(typed).await[..2], ["먹방", "먹방 브이로그"], "{typed}");
    }
    assert_eq!(context.keywords("먹방ㅂ").await[0], "먹방 브이로그");
    assert_eq!(context.keywords("갑").await, ["값싼 여행"]);
}

#[actix_web::test]
async fn initial_consonants_find_their_syllables() {
    let context = TestContext::new().await;
    let found = ["먹방", "먹방 브이로그", "마블"].map(|name| (name.into(), "initials".into()));
    assert_eq!(context.suggest("ㅁㅂ").await, found);
    assert_eq!(context.keywords("ㅁㅂㅂㅇㄹ").await, ["먹방 브이로그"]);
    assert_eq!(context.keywords("ㄱㅆ").await, ["값싼 여행"]);
}

#[actix_web::test]
async fn text_of_the_wrong_keyboard_layout_is_converted() {
    let context = TestContext::new().await;
    let first = async |text| context.suggest(text).await.into_iter().next();
    let layout = |name: &str| Some((name.to_owned(), "layout".to_owned()));
    assert_eq!(first("ajrqkd").await, layout("먹방"));
    assert_eq!(first("AJRQKD").await, layout("먹방"));
    assert_eq!(first("ㅠㅅㄴ").await, layout("BTS"));
    assert_eq!(first("ㅎ믇").await, layout("game"));
    assert_eq!(first("game").await, Some(("game".into(), "prefix".into())));
}

#[actix_web::test]
async fn text_with_one_wrong_letter_is_corrected() {
    let context = TestContext::new().await;
    let typo = |name: &str| (name.to_owned(), "typo".to_owned());
    assert_eq!(context.suggest("먹빵").await, [typo("먹방"), typo("먹방 브이로그")]);
    assert_eq!(context.suggest("gane").await, [typo("game")]);
    assert_eq!(context.keywords("먹빵브리").await, [""; 0], "two wrong letters");
}

#[actix_web::test]
async fn spellings_of_a_text_have_the_same_suggestions() {
    let context = TestContext::new().await;
    let decomposed: String = "먹방".nfd().collect();
    for text in ["먹방", &decomposed, " 먹\u{3000}방 ", "먹\u{7}방", "ㅁㅓㄱㅂㅏㅇ"] {
        assert_eq!(context.keywords(text).await, ["먹방", "먹방 브이로그"], "{text:?}");
    }
    assert_ne!(compose(&decomposed), decomposed);
    for text in ["bts", "ＢＴＳ", "B t", "b"] {
        assert_eq!(context.keywords(text).await, ["BTS"], "{text}");
    }
    assert_eq!(context.keywords("🍜").await, ["🍜 라면"]);
    assert_eq!(context.keywords("🍜라").await, ["🍜 라면"]);
}

#[actix_web::test]
async fn text_that_matches_nothing_has_no_suggestions() {
    let context = TestContext::new().await;
    for text in ["ᇂᇂ", "\u{1f}x", "%\"\\*", &"먹".repeat(100), &"ㅁ".repeat(100), &"a".repeat(100)]
    {
        assert_eq!(context.keywords(text).await, [""; 0], "{text:?}");
    }
}

#[actix_web::test]
async fn invalid_parameters_return_400() {
    let context = TestContext::new().await;
    let long = "a".repeat(101);
    for query in ["", "q=", "q=%20%E3%80%80", "q=%1F", "q=%00", "q=%FF", &format!("q={long}")] {
        let reply = context.service.get(&format!("/api/keywords/suggest/?{query}")).await;
        assert_eq!((reply.status.as_u16(), reply.json()["q"].is_array()), (400, true), "{query}");
    }
    for limit in ["0", "21", "-1", "x"] {
        let reply = context.service.get(&format!("/api/keywords/suggest/?q=a&limit={limit}")).await;
        let body = reply.json();
        assert_eq!((reply.status.as_u16(), body["limit"].is_array()), (400, true), "{limit}");
    }
}

#[actix_web::test]
async fn limit_bounds_the_suggestions() {
    let context = TestContext::new().await;
    let reply = context.service.get("/api/keywords/suggest/?q=%E3%85%81&limit=2").await;
    insta::assert_snapshot!(reply.body, @r#"{"results":[{"keyword":"먹방","matched":"prefix"},{"keyword":"메이크업","matched":"prefix"}]}"#);
}

#[actix_web::test]
async fn suggestions_after_an_update_of_the_index_are_current() {
    let settings = [("CREATETREND_CACHE__VERSION_CHECK_MS", "0")];
    let context = TestContext::with_settings(&settings).await;
    // The first two version checks count as changes.
    let (before, _) = (context.keywords("새").await, context.keywords("새").await);
    assert_eq!(before, [""; 0]);
    let client = context.index.client().for_keyword_index();
    let index = client.current_index().await.expect("a response").expect("an index");
    let document = common::search::KeywordDocument::new("새키워드", "새 키워드".to_owned(), 5);
    let documents = [(11, document.expect("a document"))];
    client.update_keywords(&index, &documents, &[1]).await.expect("the keyword is indexed");
    client.refresh(&index).await.expect("the index is refreshed");
    client.advance_version(&index).await.expect("the version is changed");
    assert_eq!(context.keywords("새").await, ["새 키워드"]);
    assert_eq!(context.keywords("먹방").await, ["먹방 브이로그"], "먹방 was removed");
}

#[actix_web::test]
async fn suggestions_without_an_index_return_503() {
    let index = TestIndex::with_documents(&sample_videos()).await;
    for setting in [index.setting(), ("CREATETREND_ELASTICSEARCH__URL", "http://127.0.0.1:9")] {
        let service = TestService::start("keyword", keyword::service, &[setting]);
        let reply = service.get("/api/keywords/suggest/?q=a").await;
        assert_eq!((reply.status.as_u16(), reply.header("retry-after")), (503, Some("1")));
    }
}
