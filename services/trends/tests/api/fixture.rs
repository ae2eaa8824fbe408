//! Test service and sample videos.

use test_support::{TestIndex, TestService, VideoBuilder, video};

/// A service with an isolated index.
pub struct TestContext {
    pub service: TestService,
    pub index: TestIndex,
}

impl TestContext {
    pub async fn with(videos: Vec<VideoBuilder>) -> Self {
        Self::with_settings(videos, &[]).await
    }

    /// Adds environment variables.
    pub async fn with_settings(videos: Vec<VideoBuilder>, settings: &[(&str, &str)]) -> Self {
        let index = index_of(videos).await;
        let settings = [&[index.setting()], settings].concat();
        let service = TestService::start("trends", trends::service, &settings);
        Self { service, index }
    }
}

/// An index of [`sample_videos`].
pub async fn sample_index() -> TestIndex {
    index_of(sample_videos()).await
}

async fn index_of(videos: Vec<VideoBuilder>) -> TestIndex {
    let documents: Vec<_> = videos.into_iter().map(VideoBuilder::document).collect();
    TestIndex::with_documents(&documents).await
}

/// | video | uploaded | popularity | views | crawled | tags |
/// |---|---|---|---|---|---|
/// | 1 | 1 day ago, 00:30 | 2.0 | 2000 | yes | 먹방, 일상, 라면 |
/// | 2 | 1 day ago, 23:30 | 4.0 | 500 | yes | 먹방, 라면 |
/// | 3 | 3 days ago | 9.0 | 9000 | yes | 먹방, 게임 |
/// | 4 | 4 days ago | 0.1 | 100 | yes | 롤 하이라이트, 일상 |
/// | 5 | 6 days ago | 60.0 | 60000 | no | 먹방, 사고 |
/// | 6 | 10 days ago | 1.0 | 800 | yes | 먹방, 일상 |
pub fn sample_videos() -> Vec<VideoBuilder> {
    vec![
        video(1, 1, 0, 30).popularity(2.0).views(2000).tags(&["먹방", "일상", "라면"]),
        video(2, 1, 23, 30).popularity(4.0).views(500).tags(&["먹방", "라면"]),
        video(3, 3, 12, 0).popularity(9.0).views(9000).tags(&["먹방", "게임"]),
        video(4, 4, 12, 0).popularity(0.1).views(100).tags(&["롤 하이라이트", "일상"]),
        video(5, 6, 12, 0).popularity(60.0).views(60_000).tags(&["먹방", "사고"]).not_crawled(),
        video(6, 10, 12, 0).popularity(1.0).views(800).tags(&["먹방", "일상"]),
    ]
}
