//! A service, and a database of its own with the few rows of `fixture.sql`.

use test_support::{Database, TestService};

/// The rows that a person can check by hand.
pub const FIXTURE: &str = include_str!("fixture.sql");

/// A video that has everything.
pub const PATH: &str = "/api/video_detail/1/";

/// A service on a database of its own.
pub struct TestContext {
    pub service: TestService,
    pub database: Database,
}

impl TestContext {
    /// A service over the rows of `fixture.sql`.
    pub async fn new() -> Self {
        Self::with_settings(&[]).await
    }

    /// The same, with settings as in the environment.
    pub async fn with_settings(settings: &[(&str, &str)]) -> Self {
        Self::of(FIXTURE, settings).await
    }

    /// A service over the rows that these statements make.
    pub async fn of(statements: &str, settings: &[(&str, &str)]) -> Self {
        let database = Database::create().await;
        database.fill(statements).await;
        let settings = [&[database.setting()], settings].concat();
        let service = TestService::start("video", video::service, &settings);
        Self { service, database }
    }
}
