//! `createtrend doctor`

use cli::doctor::{is_healthy, run_checks};
use common::settings::{CommonSettings, List, Millis};
use test_support::{TestDatabase, TestIndex, VideoBuilder, unmigrated_database};

fn settings_with(database: &TestDatabase, index: &TestIndex) -> CommonSettings {
    CommonSettings {
        postgres: database.settings().clone(),
        elasticsearch: index.settings().clone(),
        ..test_support::settings()
    }
}

/// The reports as lines, without details that differ between runs.
async fn report_lines(settings: &CommonSettings) -> (bool, Vec<String>) {
    let reports = run_checks(settings).await;
    let lines = reports.iter().map(|report| {
        let line = report.to_string();
        let end = line.find("→ ").map_or("", |at| &line[at..]);
        let start = line.split(['\n', ',']).next().unwrap_or_default().trim();
        format!("{start} {end}").trim().to_owned()
    });
    (is_healthy(&reports), lines.collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn doctor_on_healthy_system_reports_no_failure() {
    let database = TestDatabase::create().await;
    let video = VideoBuilder::new(1, chrono::Utc::now()).document();
    let index = TestIndex::with_documents(&[video]).await;
    let settings = settings_with(&database, &index);
    let (healthy, lines) = report_lines(&settings).await;
    assert!(healthy, "{lines:#?}");
    assert!(lines.iter().any(|line| line.contains("nori: 먹방 → 먹")), "{lines:#?}");
    assert!(lines.iter().any(|line| line.starts_with("note  rows: no videos yet")), "{lines:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn doctor_reports_interrupted_import() {
    let database = TestDatabase::create().await;
    let index = TestIndex::with_documents(&[]).await;
    let settings = settings_with(&database, &index);
    let pending = "INSERT INTO pending_derivation VALUES (1), (2);
        INSERT INTO pending_index VALUES (1, now());
        INSERT INTO data_source (name, is_simulated, problem) VALUES ('import', false, 'x')";
    database.client().await.batch_execute(pending).await.unwrap();
    let (healthy, lines) = report_lines(&settings).await;
    assert!(!healthy);
    for (subject, remedy) in [
        ("derived columns", "run the same `createtrend import` again"),
        ("index contents", "run `createtrend reindex`"),
    ] {
        let is_reported = |line: &String| {
            line.starts_with(&format!("FAIL  {subject}: an import "))
                && line.contains("was interrupted")
                && line.contains(remedy)
        };
        assert!(lines.iter().any(is_reported), "{subject}: {lines:#?}");
    }
    let is_unfinished =
        |line: &String| line.starts_with("note  import: the last import ended before");
    assert!(lines.iter().any(is_unfinished), "{lines:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn doctor_reports_remedy_for_each_failure() {
    let database = unmigrated_database().await;
    let index = TestIndex::empty();
    let mut settings = settings_with(&database, &index);
    settings.rabbitmq.password = Some("wrong".into());
    (settings.tokens.keys, settings.tokens.keys_file) = (None, None);
    settings.passwords.key = Some("too short".into());
    let (healthy, lines) = report_lines(&settings).await;
    assert!(!healthy);
    assert!(!lines.concat().contains("too short"), "{lines:#?}");
    for (subject, remedy) in [
        ("token keys", "CREATETREND_TOKENS__KEYS_FILE"),
        ("password key", "CREATETREND_PASSWORDS__KEY_FILE"),
        ("tables", "createtrend migrate"),
        ("index", "createtrend reindex"),
        ("RabbitMQ", "CREATETREND_RABBITMQ__HOST"),
    ] {
        let is_reported =
            |line: &String| line.starts_with(&format!("FAIL  {subject}")) && line.contains(remedy);
        assert!(lines.iter().any(is_reported), "{subject}: {lines:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn doctor_without_servers_fails_in_bounded_time() {
    let mut settings = test_support::settings();
    settings.postgres.port = 9;
    settings.rabbitmq.port = 9;
    settings.rabbitmq.connect_timeout_ms = Millis(500);
    settings.elasticsearch.url = List(vec!["http://127.0.0.1:9".to_owned()]);
    let (healthy, lines) = report_lines(&settings).await;
    assert!(!healthy);
    let failures = lines.iter().filter(|line| line.starts_with("FAIL")).count();
    assert_eq!(failures, 3, "{lines:#?}");
}
