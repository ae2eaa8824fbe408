//! Test service.

use test_support::{TestDatabase, TestService};

pub const FIXTURE: &str = include_str!("fixture.sql");

/// A video with all related rows.
pub const PATH: &str = "/api/video_detail/1/";

/// A service with an isolated database.
pub struct TestContext {
    pub service: TestService,
    pub database: TestDatabase,
}

impl TestContext {
    /// The rows of `fixture.sql`.
    pub async fn new() -> Self {
        Self::with_settings(&[]).await
    }

    /// Adds environment variables.
    pub async fn with_settings(settings: &[(&str, &str)]) -> Self {
        Self::with(FIXTURE, settings).await
    }

    /// The rows of `statements`, and environment variables.
    pub async fn with(statements: &str, settings: &[(&str, &str)]) -> Self {
        let database = TestDatabase::create().await;
        database.fill(statements).await;
        let settings = [&[database.setting()], settings].concat();
        let service = TestService::start("video", video::service, &settings);
        Self { service, database }
    }
}
