//! `createtrend source`, `collect` and `quota`, with the simulator of YouTube.

use chrono::Utc;
use fake_youtube::{Config, FakeYoutube, Fault, FaultKind, Simulator};
use std::{
    fs,
    process::{Command, Output},
};
use tempfile::TempDir;
use test_support::{
    Database, TestIndex,
    tables::{execute, query_value},
};
use youtube::Method;

struct TestContext {
    server: FakeYoutube,
    database: Database,
    index: TestIndex,
    folder: TempDir,
}

impl TestContext {
    async fn new() -> Self {
        let config = Config { channels: 20, speed: 0.0, ..Config::default() };
        let server = FakeYoutube::start(Simulator::new(config).unwrap(), "127.0.0.1:0").unwrap();
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("key"), "key-of-the-test\n").unwrap();
        let (database, index) = (Database::create().await, TestIndex::empty());
        Self { server, database, index, folder }
    }

    fn channel(&self, number: usize) -> String {
        let (simulator, now) = (self.server.simulator(), Utc::now());
        let catalog = simulator.catalog();
        let mut existing = catalog.channel_ids().filter(|id| catalog.channel_at(id, now).is_some());
        existing.nth(number).unwrap().to_string()
    }

    /// Runs the binary with the key. The tests' own threads serve its requests.
    async fn run(&self, arguments: &[&str]) -> Output {
        let client = self.server.client_config();
        let mut command = Command::new(env!("CARGO_BIN_EXE_createtrend"));
        command
            .args(arguments)
            .envs([self.database.setting(), self.index.setting()])
            .env("CREATETREND_COLLECTOR__KEY_FILE", self.folder.path().join("key"))
            .env("CREATETREND_COLLECTOR__API_URL", client.api_url)
            .env("CREATETREND_COLLECTOR__FEED_URL", client.feed_url)
            .env("CREATETREND_COLLECTOR__IS_SIMULATED", "true");
        tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
    }

    async fn output(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments).await;
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
        text
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sources_are_added_listed_and_removed() {
    let context = TestContext::new().await;
    let id = context.channel(0);
    let url = format!("https://www.youtube.com/channel/{id}");
    let added = context.output(&["source", "add", &url, "--chart", "kr", "--search", "먹방"]).await;
    assert_eq!(added, format!("channel {id}: added\nchart KR: added\nsearch 먹방: added\n"));
    assert!(context.output(&["source", "add", &id]).await.contains("exists already"));
    let listed = context.output(&["source", "list"]).await;
    assert_eq!(listed.lines().count(), 3);
    assert!(listed.contains(&format!("channel\t{id}\tnever checked")), "{listed}");
    let removed = context.output(&["source", "remove", &id, "--chart", "KR/10"]).await;
    assert_eq!(removed, format!("channel {id}: removed\nchart KR/10: not a source\n"));
    let invalid = context.run(&["source", "add", "not a channel"]).await;
    assert!(!invalid.status.success());
    assert!(String::from_utf8_lossy(&invalid.stderr).contains("a channel id (UC…)"));
    assert_eq!(context.run(&["source", "add"]).await.status.code(), Some(1));
    let unknown = "UC-_0123456789abcdefABCD";
    let missing = context.run(&["source", "add", &id, unknown]).await;
    let error = String::from_utf8(missing.stderr).unwrap();
    assert_eq!(missing.status.code(), Some(1));
    assert!(error.contains("YouTube knows no channel UC-_0123456789abcdefABCD"), "{error}");
    assert!(!context.output(&["source", "list"]).await.contains(unknown));

    // YouTube cannot be asked.
    context.server.simulator().add_fault(Fault::always(FaultKind::QuotaExceeded));
    let added = context.output(&["source", "add", unknown]).await;
    assert_eq!(added, format!("channel {unknown}: added\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn import_of_channels_skips_and_names_those_that_youtube_does_not_know() {
    let context = TestContext::new().await;
    let (known, unknown) = (context.channel(0), "UC-_0123456789abcdefABCD");
    let file = context.folder.path().join("channels.csv");
    let rows = format!("channel_id,title,category\n{known},먹방,Film\n{unknown},없는 채널,Music\n");
    fs::write(&file, rows).unwrap();
    let output = context.output(&["source", "import", file.to_str().unwrap()]).await;
    let skipped = format!("{unknown} 없는 채널: skipped, YouTube does not know it\n");
    assert_eq!(output, skipped + "1 of 2 channels added\n");
    let rows = format!("\u{feff}channel_id\n {known} \n{known}\n");
    fs::write(&file, rows).unwrap();
    let output = context.output(&["source", "import", file.to_str().unwrap()]).await;
    assert_eq!(output, "0 of 1 channels added, 1 exist already\n");
    for (text, reason) in [
        (known.as_str(), "must name the column channel_id"),
        ("", "must name the column channel_id"),
        ("channel_id\n", "has no channels"),
    ] {
        fs::write(&file, text).unwrap();
        let refused = context.run(&["source", "import", file.to_str().unwrap()]).await;
        let error = String::from_utf8(refused.stderr).unwrap();
        assert!(!refused.status.success() && error.contains(reason), "{text}: {error}");
    }
    fs::write(&file, "channel_id,title\nUC1,짧은 id\n").unwrap();
    let invalid = context.run(&["source", "import", file.to_str().unwrap()]).await;
    let error = String::from_utf8(invalid.stderr).unwrap();
    assert!(!invalid.status.success() && error.contains("row 2"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn due_work_is_planned_and_then_collected_and_indexed() {
    let context = TestContext::new().await;
    let channels: Vec<String> = (0..4).map(|number| context.channel(number)).collect();
    let arguments: Vec<&str> = channels.iter().map(String::as_str).collect();
    context.output(&[&["source", "add"], arguments.as_slice()].concat()).await;
    let plan = context.output(&["collect", "--once", "--dry-run"]).await;
    assert!(plan.contains("4 feeds (no quota), 4 playlists of new channels"), "{plan}");
    assert!(plan.contains("at most 16 units"), "{plan}");
    assert_eq!(context.server.simulator().requests(Method::Feed), 0);

    let collected = context.output(&["collect", "--once"]).await;
    assert!(collected.starts_with("4 sources, "), "{collected}");
    let videos = query_value::<i64>(&context.database, "SELECT count(*) FROM video").await;
    assert!(videos > 10, "{videos} videos");
    let client = context.index.client();
    assert!(client.current_index().await.unwrap().is_some());

    let repeated = context.output(&["collect", "--once"]).await;
    assert!(repeated.contains("0 sources, 0 videos and 0 channels"), "{repeated}");
    assert!(repeated.contains("; 0 documents updated\n"), "{repeated}");

    let quota = context.output(&["quota"]).await;
    assert!(quota.contains("units: ") && quota.contains("of 10000 used"), "{quota}");
    assert!(quota.contains("due now: 0 feeds"), "{quota}");
}

#[tokio::test(flavor = "multi_thread")]
async fn doctor_reports_the_problem_of_the_collectors_failing_sources_and_a_used_up_quota() {
    let context = TestContext::new().await;
    let state = "INSERT INTO data_source (name, is_simulated, problem)
            VALUES ('collector', true, 'the API key is invalid');
        INSERT INTO collector_source (kind, value, added_at, next_check_at, last_success_at, failures)
            VALUES ('chart', 'KR', now(), now(), now(), 1), ('chart', 'JP', now(), now(), now(), 0);
        INSERT INTO collector_quota (day, bucket, used, daily_limit, exhausted)
            SELECT day::date, 'search', 1, 100, true
            FROM generate_series(now() - interval '2 days', now() + interval '1 day', '1 day') day";
    execute(&context.database, state).await;
    let output = context.run(&["doctor"]).await;
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "{text}");
    for line in [
        "FAIL  collection: the API key is invalid\n",
        "note  sources: failing: 1 of 2 of kind chart;",
        "note  quota: ",
        "ok    freshness: ",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn failed_collection_names_the_reason_and_a_used_up_quota_is_no_failure() {
    let context = TestContext::new().await;
    context.output(&["source", "add", "--chart", "KR"]).await;
    let make_due = "UPDATE collector_source SET next_check_at = 'epoch'";
    context.server.simulator().add_fault(Fault::always(FaultKind::QuotaExceeded));
    let used_up = context.output(&["collect", "--once"]).await;
    assert!(used_up.contains("; the quota units is used up until "), "{used_up}");
    context.server.simulator().clear_faults();
    context.server.simulator().add_fault(Fault::always(FaultKind::KeyInvalid));
    execute(&context.database, &format!("{make_due}; DELETE FROM collector_quota")).await;
    let failed = context.run(&["collect", "--once"]).await;
    let error = String::from_utf8(failed.stderr).unwrap();
    assert!(!failed.status.success() && error.contains("the API key is invalid"), "{error}");
}
