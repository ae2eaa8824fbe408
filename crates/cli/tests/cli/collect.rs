//! `createtrend collect`, `quota`, `check-key` and `doctor`, with the simulator of YouTube.

use crate::context::TestContext;
use fake_youtube::{Fault, FaultKind};
use std::fs;
use test_support::tables::{execute, query_value};
use youtube::{Bucket, Method};

#[tokio::test(flavor = "multi_thread")]
async fn collect_stores_and_indexes_due_work() {
    let context = TestContext::new().await;
    let channels: Vec<String> = (0..4).map(|number| context.channel(number)).collect();
    let arguments: Vec<&str> = channels.iter().map(String::as_str).collect();
    context.output(&[&["source", "add"], arguments.as_slice()].concat()).await;
    let plan = context.output(&["collect", "--once", "--dry-run"]).await;
    assert!(plan.contains("4 feeds (which cost no quota), 4 playlists of new channels"), "{plan}");
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
async fn doctor_reports_collector_problem_failing_sources_and_quota() {
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
    let ahead = "UPDATE collector_source SET last_success_at = now() + interval '1 day'";
    execute(&context.database, ahead).await;
    let text = String::from_utf8(context.run(&["doctor"]).await.stderr).unwrap();
    assert!(text.contains("note  freshness: the last check of a source is "), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn collect_with_exhausted_quota_succeeds_and_with_invalid_key_fails() {
    let context = TestContext::new().await;
    context.output(&["source", "add", "--chart", "KR"]).await;
    let make_due = "UPDATE collector_source SET next_check_at = 'epoch'";
    context.server.simulator().add_fault(Fault::always(FaultKind::QuotaExceeded));
    let exhausted_buckets = context.output(&["collect", "--once"]).await;
    assert!(
        exhausted_buckets.contains("; the quota units is used up until "),
        "{exhausted_buckets}"
    );
    context.server.simulator().clear_faults();
    context.server.simulator().add_fault(Fault::always(FaultKind::KeyInvalid));
    execute(&context.database, &format!("{make_due}; DELETE FROM collector_quota")).await;
    let failed = context.run(&["collect", "--once"]).await;
    let error = String::from_utf8(failed.stderr).unwrap();
    assert!(!failed.status.success() && error.contains("the API key is invalid"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn collect_continues_after_failures_and_reports_them() {
    let context = TestContext::new().await;
    let (one, other) = (context.channel(0), context.channel(1));
    context.output(&["source", "add", &one, &other]).await;
    let chart = "INSERT INTO collector_source (kind, value, added_at, next_check_at)
        VALUES ('chart', 'KR/22', now(), 'epoch')";
    execute(&context.database, chart).await;
    let fault = Fault::always(FaultKind::EchoKey).only(Method::ChannelsList);
    context.server.simulator().add_fault(fault);
    let failed = context.run(&["collect", "--once"]).await;
    let error = String::from_utf8(failed.stderr).unwrap();
    assert!(!failed.status.success(), "{error}");
    for text in [
        "createtrend: 2 sources, ",
        "\n  chart KR/22: chart not found",
        "\n  channels: bad request",
    ] {
        assert!(error.contains(text), "{text}: {error}");
    }
    assert!(query_value::<i64>(&context.database, "SELECT count(*) FROM video_views").await > 10);
    let index = context.index.client();
    assert!(index.current_index().await.unwrap().is_some(), "nothing is indexed");
}

#[tokio::test(flavor = "multi_thread")]
async fn collect_without_elasticsearch_reports_what_it_stored() {
    let context = TestContext::new().await;
    context.output(&["source", "add", &context.channel(0)]).await;
    let unavailable = [("CREATETREND_ELASTICSEARCH__URL", "http://127.0.0.1:9")];
    let failed = context.run_with(&["collect", "--once"], &unavailable).await;
    let error = String::from_utf8(failed.stderr).unwrap();
    assert!(!failed.status.success(), "{error}");
    for text in ["createtrend: 1 sources, ", "the search index is not updated: "] {
        assert!(error.contains(text), "{text}: {error}");
    }
    let updated = context.output(&["collect", "--once"]).await;
    assert!(!updated.contains("; 0 documents"), "{updated}");
}

#[tokio::test(flavor = "multi_thread")]
async fn check_key_reports_the_result_and_uses_one_unit() {
    let context = TestContext::new().await;
    let file = context.folder.path().join("new.key");
    let path = file.to_str().unwrap().to_owned();
    fs::write(&file, "\u{feff}\r\n another-api-key-of-the-test\r\n").unwrap();
    let accepted = context.output(&["check-key", &path]).await;
    assert_eq!(accepted, format!("{path}: the simulator accepts the API key\n"));
    let used = "SELECT sum(used) FROM collector_quota WHERE bucket = 'units'";
    assert_eq!(query_value::<i64>(&context.database, used).await, 1);
    assert_eq!(context.server.simulator().usage().used(Bucket::Units), 1);

    context.server.simulator().add_fault(Fault::times(FaultKind::QuotaExceeded, 1));
    let unchecked = context.output(&["check-key", &path]).await;
    assert!(unchecked.contains("quota units exceeded"), "{unchecked}");
    execute(&context.database, "DELETE FROM collector_quota").await;
    context.server.simulator().add_fault(Fault::always(FaultKind::KeyInvalid));
    let rejected = context.run(&["check-key", &path]).await;
    let error = String::from_utf8(rejected.stderr).unwrap();
    assert!(!rejected.status.success() && error.contains("rejects the API key"), "{error}");

    fs::write(&file, "another-api-key-of-the-test\nanother line\n").unwrap();
    let invalid = context.run(&["check-key", &path]).await;
    let error = String::from_utf8(invalid.stderr).unwrap();
    assert!(
        error.starts_with(&format!("createtrend: {path}: the file has more than one line")),
        "{error}"
    );
    assert!(!invalid.status.success());
}
