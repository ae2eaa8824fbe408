//! The binary with the simulator of YouTube and an isolated database and index.

use chrono::Utc;
use fake_youtube::{Config, FakeYoutube, Simulator};
use std::{
    fs,
    process::{Command, Output},
};
use tempfile::TempDir;
use test_support::{TestDatabase, TestIndex};

pub(crate) struct TestContext {
    pub server: FakeYoutube,
    pub database: TestDatabase,
    pub index: TestIndex,
    pub folder: TempDir,
}

impl TestContext {
    pub(crate) async fn new() -> Self {
        let config = Config { channels: 20, speed: 0.0, ..Config::default() };
        let server = FakeYoutube::start(Simulator::new(config).unwrap(), "127.0.0.1:0").unwrap();
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("key"), "the-api-key-of-the-test\n").unwrap();
        let (database, index) = (TestDatabase::create().await, TestIndex::empty());
        Self { server, database, index, folder }
    }

    pub(crate) fn channel(&self, number: usize) -> String {
        let (simulator, now) = (self.server.simulator(), Utc::now());
        let catalog = simulator.catalog();
        let mut existing = catalog.channel_ids().filter(|id| catalog.channel_at(id, now).is_some());
        existing.nth(number).unwrap().to_string()
    }

    pub(crate) fn handle(&self, number: usize) -> String {
        let (catalog, id) = (self.server.simulator().catalog(), self.channel(number));
        format!("@{}", catalog.channel_at(&id.parse().unwrap(), Utc::now()).unwrap().handle)
    }

    /// Runs the binary with the key. The tests' own threads serve its requests.
    pub(crate) async fn run(&self, arguments: &[&str]) -> Output {
        self.run_with(arguments, &[]).await
    }

    /// The same with other environment variables.
    pub(crate) async fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
        let client = self.server.client_config();
        let mut command = Command::new(env!("CARGO_BIN_EXE_createtrend"));
        command
            .args(arguments)
            .envs([self.database.setting(), self.index.setting()])
            .env("CREATETREND_COLLECTOR__KEY_FILE", self.folder.path().join("key"))
            .env("CREATETREND_COLLECTOR__API_URL", client.api_url)
            .env("CREATETREND_COLLECTOR__FEED_URL", client.feed_url)
            .env("CREATETREND_COLLECTOR__IS_SIMULATED", "true")
            .envs(variables.iter().copied());
        tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
    }

    pub(crate) async fn output(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments).await;
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
        text
    }
}
