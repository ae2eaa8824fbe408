//! An isolated database and index.

use common::settings::CommonSettings;
use test_support::{TestDatabase, TestIndex};

/// An isolated database and index prefix, with settings for both. No index exists.
pub struct TestContext {
    pub database: TestDatabase,
    pub index: TestIndex,
    pub settings: CommonSettings,
}

impl TestContext {
    pub async fn new() -> Self {
        let (database, index) = (TestDatabase::create().await, TestIndex::empty());
        let mut settings = test_support::settings();
        settings.postgres = database.settings().clone();
        settings.elasticsearch = index.settings().clone();
        Self { database, index, settings }
    }
}
