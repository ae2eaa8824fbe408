//! Test service, sample videos and accessors of responses.

use common::search::VideoDocument;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use test_support::{Reply, TestIndex, TestService, VideoBuilder, video};

/// A service with an isolated index.
pub struct TestContext {
    pub service: TestService,
    /// Deleted on drop.
    _index: TestIndex,
}

impl TestContext {
    pub async fn with(videos: Vec<VideoDocument>) -> Self {
        Self::with_settings(videos, &[]).await
    }

    /// Adds environment variables.
    pub async fn with_settings(videos: Vec<VideoDocument>, settings: &[(&str, &str)]) -> Self {
        let index = TestIndex::with_documents(&videos).await;
        let settings = [&[index.setting()], settings].concat();
        let service = TestService::start("keyword", keyword::service, &settings);
        Self { service, _index: index }
    }

    pub async fn search(&self, keyword: &str) -> Reply {
        self.service.get(&search_path(keyword)).await
    }

    /// The body of a successful search.
    pub async fn search_json(&self, keyword: &str) -> Value {
        let reply = self.search(keyword).await;
        assert_eq!(reply.status, 200, "{keyword}: {}", reply.body);
        reply.json()
    }
}

pub fn search_path(keyword: &str) -> String {
    let keyword = utf8_percent_encode(keyword, NON_ALPHANUMERIC);
    format!("/api/keyword_search/?search={keyword}")
}

/// The `idx` of the videos of list 0 (`analysis`) or 1 (`aside`).
pub fn video_ids(body: &Value, list: usize) -> Vec<i64> {
    let rows = body["video"][list]["data"].as_array().expect("a list of videos");
    rows.iter().filter_map(|row| row["idx"].as_i64()).collect()
}

/// Keyword counts, as `name value`.
fn keyword_counts(keywords: &Value) -> Vec<String> {
    let entry = |keyword: &Value| {
        format!("{} {}", keyword["name"].as_str().unwrap_or("?"), keyword["value"])
    };
    keywords.as_array().expect("a list of keywords").iter().map(entry).collect()
}

pub fn word_map(body: &Value) -> Vec<String> {
    keyword_counts(&body["wordmap"]["children"])
}

/// The list 인기 키워드.
pub fn popular(body: &Value) -> Vec<String> {
    keyword_counts(&body["keyword"][0]["keyword"])
}

/// The list 영상화 키워드.
pub fn recent(body: &Value) -> Vec<String> {
    keyword_counts(&body["keyword"][1]["keyword"])
}

/// | video | uploaded | popularity | views | growth | tags |
/// |---|---|---|---|---|---|
/// | 1 | 1 day ago, 00:30 | 2.5 | 2000 | 300 | 먹방, 일상, 라면 |
/// | 2 | 1 day ago, 23:30 | 4.0 | 500 | 100 | 먹방, 라면 |
/// | 3 | 3 days ago | 9.0 | 9000 | 900 | 먹방, 게임 |
/// | 4 | 4 days ago | 0.5 | 100 | 50 | 롤 하이라이트, 일상 |
/// | 5 | 5 days ago | 0.25 | unknown | unknown | 라면 먹방, 라면 |
/// | 6 | 10 days ago | 1.0 | 800 | 400 | 먹방, 일상 |
/// | 7 | 20 days ago | 6.0 | 700 | 700 | 먹방, 옛날 |
pub fn sample_videos() -> Vec<VideoDocument> {
    let videos = [
        video(1, 1, 0, 30)
            .popularity(2.5)
            .views(2000)
            .views_growth(300)
            .tags(&["먹방", "일상", "라면"]),
        video(2, 1, 23, 30).popularity(4.0).views(500).views_growth(100).tags(&["먹방", "라면"]),
        video(3, 3, 12, 0).popularity(9.0).views(9000).views_growth(900).tags(&["먹방", "게임"]),
        video(4, 4, 12, 0)
            .popularity(0.5)
            .views(100)
            .views_growth(50)
            .tags(&["롤 하이라이트", "일상"]),
        video(5, 5, 12, 0)
            .popularity(0.25)
            .views(None)
            .views_growth(None)
            .tags(&["라면 먹방", "라면"]),
        video(6, 10, 12, 0).popularity(1.0).views(800).views_growth(400).tags(&["먹방", "일상"]),
        video(7, 20, 12, 0).popularity(6.0).views(700).views_growth(700).tags(&["먹방", "옛날"]),
    ];
    videos.map(VideoBuilder::document).into()
}
