//! A database and an index of a test's own.

use common::settings::CommonSettings;
use test_support::{Database, TestIndex};

/// A database, an index prefix without an index, and the settings that lead to both.
pub struct TestContext {
    pub database: Database,
    pub index: TestIndex,
    pub settings: CommonSettings,
}

impl TestContext {
    pub async fn new() -> Self {
        let (database, index) = (Database::create().await, TestIndex::empty());
        let mut settings = test_support::settings();
        settings.postgres = database.settings().clone();
        settings.elasticsearch = index.settings().clone();
        Self { database, index, settings }
    }
}
