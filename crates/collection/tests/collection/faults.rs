//! Failures of YouTube.

use crate::fixture::{Fixture, collect_due};
use chrono::{DateTime, TimeDelta, Utc};
use collection::WorkKind;
use fake_youtube::{Fault, FaultKind, Visibility};
use std::time::Duration;
use test_support::wait_until;
use tokio::{join, time::timeout};
use tokio_util::sync::CancellationToken;
use youtube::{Bucket, Limits, Method};

#[tokio::test(flavor = "multi_thread")]
async fn no_request_exceeds_the_daily_quota() {
    let limits = Limits { units: 12, ..Limits::default() };
    let fixture = Fixture::with_limits(20, limits).await;
    let collector = fixture.collector();
    for _ in 0..8 {
        collector.run_round().await;
    }
    let simulator = fixture.server.simulator();
    assert_eq!(simulator.usage().used(Bucket::Units), 12);
    let requests = |method| simulator.requests(method);
    let sent = requests(Method::VideosList)
        + requests(Method::ChannelsList)
        + requests(Method::PlaylistItemsList);
    assert_eq!(sent, 12, "requests beyond the budget");
    // Midnight in Los Angeles is 17:00 in Seoul.
    fixture.advance(TimeDelta::hours(6));
    collector.run_round().await;
    assert!(simulator.usage().used(Bucket::Units) > 0);
    assert!(simulator.usage().used(Bucket::Units) <= 12);
}

#[tokio::test(flavor = "multi_thread")]
async fn feed_outage_of_six_hours_loses_no_upload() {
    let fixture = Fixture::start(10).await;
    let (collector, start) = (fixture.collector(), fixture.now());
    collect_due(&collector).await;
    let outage = Fault {
        from: Some(start),
        until: Some(start + TimeDelta::hours(6)),
        ..Fault::always(FaultKind::Status { status: 404, retry_after: None }).only(Method::Feed)
    };
    fixture.server.simulator().add_fault(outage);
    for _ in 0..12 {
        fixture.advance(TimeDelta::hours(1));
        for _ in 0..5 {
            collector.run_round().await;
        }
    }
    let catalog = fixture.server.simulator().catalog();
    let client = fixture.database.client().await;
    let tracked: Vec<String> = client
        .query("SELECT video_id FROM collector_video", &[])
        .await
        .unwrap()
        .iter()
        .map(|row| row.get(0))
        .collect();
    let end = fixture.now() - TimeDelta::hours(4);
    for channel in fixture.channels() {
        for id in catalog.uploads_until(&channel, end) {
            let state = catalog.video_at(&id, end).unwrap();
            if state.published_at < start {
                break;
            }
            let was_removed = catalog.removal(&id).is_some();
            assert!(was_removed || tracked.contains(&id.to_string()), "{id} is lost");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn uploads_missed_by_the_feed_are_read_from_the_playlist() {
    let fixture = Fixture::start(20).await;
    let (collector, start) = (fixture.collector(), fixture.now());
    collect_due(&collector).await;
    fixture.advance(TimeDelta::days(25));
    let (catalog, end) = (fixture.server.simulator().catalog(), fixture.now());
    let client = fixture.database.client().await;
    // A chart found the latest upload of each channel before its feed was read.
    let track = "INSERT INTO collector_video (video_id, published_at, next_check_at)
        VALUES ($1, $2, $2) ON CONFLICT DO NOTHING";
    let mut uploads = Vec::new();
    for channel in fixture.channels() {
        let states =
            catalog.uploads_until(&channel, end).filter_map(|id| catalog.video_at(&id, end));
        let new: Vec<_> = states.take_while(|state| state.published_at >= start).collect();
        if let Some(latest) = new.first() {
            let id = latest.id.to_string();
            client.execute(track, &[&id, &latest.published_at]).await.unwrap();
        }
        uploads.push(new);
    }
    assert!(uploads.iter().any(|new| new.len() > 15), "more than a feed");
    let fault = Fault::times(FaultKind::Malformed, 10).only(Method::PlaylistItemsList);
    fixture.server.simulator().add_fault(fault);
    collect_due(&collector).await;
    fixture.advance(TimeDelta::hours(3));
    collect_due(&collector).await;
    let rows = client.query("SELECT video_id FROM collector_video", &[]).await.unwrap();
    let tracked: std::collections::HashSet<String> = rows.iter().map(|row| row.get(0)).collect();
    for state in uploads.iter().flatten() {
        let is_public = state.visibility == Visibility::Public;
        assert!(!is_public || tracked.contains(state.id.as_str()), "{state:?} is lost");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn failing_source_is_recorded_and_does_not_delay_others() {
    let fixture = Fixture::start(3).await;
    let client = fixture.database.client().await;
    let chart = "INSERT INTO collector_source (kind, value, added_at, next_check_at)
        VALUES ('chart', 'KR/22', now(), 'epoch')";
    client.batch_execute(chart).await.expect("the row is inserted");
    let round = fixture.collector().run_round().await;
    assert_eq!((round.sources, round.failed_kinds.len()), (3, 0), "{round:?}");
    assert_eq!(round.failures.len(), 1);
    assert!(round.failures[0].to_string().starts_with("chart KR/22: chart not found"), "{round:?}");
    let failing = "SELECT last_error FROM collector_source WHERE failures = 1";
    let reason: String = client.query_one(failing, &[]).await.unwrap().get(0);
    assert!(reason.starts_with("chart not found"), "{reason}");

    // During an outage, the process pauses.
    fixture.server.simulator().add_fault(Fault::always(FaultKind::Malformed).only(Method::Feed));
    fixture.advance(TimeDelta::minutes(40));
    let round = fixture.collector().run_round().await;
    assert_eq!((round.sources, round.failed_kinds), (0, vec![WorkKind::Sources]));
}

#[tokio::test(flavor = "multi_thread")]
async fn hanging_feed_does_not_delay_the_shutdown() {
    let fixture = Fixture::start(3).await;
    let simulator = fixture.server.simulator();
    simulator.add_fault(Fault::always(FaultKind::Delay { millis: 120_000 }).only(Method::Feed));
    let (collector, shutdown) = (fixture.collector(), CancellationToken::new());
    let stop = async {
        wait_until("a feed is requested", async || simulator.requests(Method::Feed) > 0).await;
        shutdown.cancel();
    };
    let running = async { join!(collector.run(shutdown.clone()), stop) };
    timeout(Duration::from_secs(15), running).await.expect("the collector stops");
}

#[tokio::test(flavor = "multi_thread")]
async fn rejected_key_halts_the_collection() {
    let fixture = Fixture::start(3).await;
    let collector = fixture.collector();
    fixture.server.simulator().add_fault(Fault::always(FaultKind::KeyInvalid));
    assert!(!collector.run_round().await.failures.is_empty());
    let sent = |method| fixture.server.simulator().requests(method);
    let before = sent(Method::VideosList) + sent(Method::PlaylistItemsList);
    let idle = collector.run_round().await;
    assert!(idle.is_idle() && idle.failures.is_empty());
    assert_eq!(sent(Method::VideosList) + sent(Method::PlaylistItemsList), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn outage_of_the_api_uses_little_quota() {
    let fixture = Fixture::start(60).await;
    let collector = fixture.collector();
    // 20 sources each.
    for _ in 0..3 {
        collector.run_round_without(&[WorkKind::Videos]).await;
    }
    let due = collector.due_work().await.unwrap();
    assert!(due.videos + due.counts > 500, "{due:?}");
    let sent = || fixture.server.simulator().requests(Method::VideosList);
    let outage = FaultKind::Status { status: 503, retry_after: None };
    fixture.server.simulator().add_fault(Fault::always(outage).only(Method::VideosList));
    let videos = [WorkKind::Sources, WorkKind::Channels, WorkKind::Shorts];
    let mut sent_by_round = Vec::new();
    for _ in 0..4 {
        let before = sent();
        collector.run_round_without(&videos).await;
        sent_by_round.push(sent() - before);
    }
    // Four requests at a time, each with its retries, and no third attempt within the delay.
    assert!(sent_by_round[..2].iter().all(|sent| (4..=16).contains(sent)), "{sent_by_round:?}");
    assert_eq!(sent_by_round[2..], [0, 0]);
    fixture.server.simulator().clear_faults();
    fixture.advance(TimeDelta::minutes(15));
    assert!(collector.run_round_without(&videos).await.videos > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn real_data_halts_the_collection_of_simulated_data() {
    let fixture = Fixture::start(3).await;
    let client = fixture.database.client().await;
    let import =
        "INSERT INTO data_source (name, is_simulated, stored_at) VALUES ('import', false, now())";
    client.batch_execute(import).await.expect("the row is inserted");
    let collector = fixture.collector();
    assert!(!collector.run_round().await.failures.is_empty());
    assert!(collector.run_round().await.is_idle());
    assert_eq!(Method::ALL.map(|method| fixture.server.simulator().requests(method)), [0; 7]);
}

#[tokio::test(flavor = "multi_thread")]
async fn imported_files_do_not_prevent_the_simulation_of_a_demo() {
    let fixture = Fixture::start(3).await;
    let client = fixture.database.client().await;
    let sources = "INSERT INTO data_source (name, is_simulated, stored_at)
        VALUES ('demo', true, now()), ('import', false, now())";
    client.batch_execute(sources).await.expect("the rows are inserted");
    let round = fixture.collector().run_round().await;
    assert!(round.failures.is_empty() && round.sources == 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn search_without_quota_continues_after_the_reset_from_its_last_success() {
    let fixture = Fixture::start(1).await;
    let client = fixture.database.client().await;
    let collector = fixture.collector();
    let add = "INSERT INTO collector_source (kind, value, added_at, next_check_at)
        VALUES ('search', '먹방', 'epoch', 'epoch'), ('search', '여행', 'epoch', 'epoch')";
    client.batch_execute(add).await.unwrap();
    collect_due(&collector).await;
    let start = fixture.now();
    let reset = youtube::next_reset(start);
    let quota = Fault { until: Some(reset), ..Fault::always(FaultKind::QuotaExceeded) };
    fixture.server.simulator().add_fault(quota.only(Method::SearchList));
    fixture.advance(TimeDelta::hours(4));
    let make_due = "UPDATE collector_source SET next_check_at = 'epoch' WHERE kind = 'search'";
    client.batch_execute(make_due).await.unwrap();
    collect_due(&collector).await;
    client.batch_execute(make_due).await.unwrap();
    let sent = fixture.server.simulator().requests(Method::SearchList);
    collect_due(&collector).await;
    assert_eq!(fixture.server.simulator().requests(Method::SearchList), sent);

    let searches = "SELECT last_success_at, next_check_at, failures, last_error
        FROM collector_source WHERE kind = 'search'";
    for row in client.query(searches, &[]).await.unwrap() {
        assert_eq!(row.get::<_, DateTime<Utc>>(0), start);
        assert_eq!(row.get::<_, DateTime<Utc>>(1), reset);
        assert_eq!(row.get::<_, i32>(2), 0);
        assert!(row.get::<_, &str>(3).contains("quota"));
    }
    fixture.advance(reset - fixture.now());
    collect_due(&collector).await;
    for row in client.query(searches, &[]).await.unwrap() {
        assert_eq!(row.get::<_, DateTime<Utc>>(0), reset);
        assert_eq!(row.get::<_, Option<&str>>(3), None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn low_quota_reads_the_youngest_videos() {
    let limits = Limits { units: 10, batch_stats: 0, ..Limits::default() };
    let fixture = Fixture::with_limits(60, limits).await;
    let (catalog, now) = (fixture.server.simulator().catalog(), fixture.now());
    let client = fixture.database.client().await;
    let track = "INSERT INTO collector_video (video_id, published_at, next_check_at)
        VALUES ($1, $2, $2) ON CONFLICT DO NOTHING";
    for channel in fixture.channels() {
        for id in catalog.uploads_until(&channel, now).take(30) {
            let published = catalog.video_at(&id, now).unwrap().published_at;
            client.execute(track, &[&id.as_str(), &published]).await.unwrap();
        }
    }
    let other_work = [WorkKind::Sources, WorkKind::Channels, WorkKind::Shorts];
    fixture.collector().run_round_without(&other_work).await;
    let read = "SELECT texts_at > '-infinity' OR misses > 0 FROM collector_video
        ORDER BY published_at DESC, video_id";
    let rows = client.query(read, &[]).await.unwrap();
    let read: Vec<bool> = rows.iter().map(|row| row.get(0)).collect();
    let count = read.iter().filter(|is_read| **is_read).count();
    assert!(count > 300 && read.len() > 1_000, "{count} of {}", read.len());
    // Four requests at a time compete for the last units.
    let older = read[count + 4 * 50..].iter().filter(|is_read| **is_read).count();
    assert_eq!(older, 0, "of {count} videos");
}

#[tokio::test(flavor = "multi_thread")]
async fn overdue_sources_are_read_before_old_videos() {
    let fixture = Fixture::start(60).await;
    let collector = fixture.collector();
    let first = collector.run_round().await;
    assert!(first.has_overdue_sources);
    assert_eq!((first.sources, first.videos), (20, 250));
    collect_due(&collector).await;
    fixture.advance(TimeDelta::hours(1));
    let later = collector.run_round().await;
    assert!(later.sources > 15 && !later.has_overdue_sources, "{later:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn data_of_the_other_kind_halts_a_running_collector() {
    let fixture = Fixture::start(2).await;
    let collector = fixture.collector();
    let no_work = [WorkKind::Sources, WorkKind::Videos, WorkKind::Channels, WorkKind::Shorts];
    assert_eq!(collector.run_round_without(&no_work).await.failures, []);
    let import = "INSERT INTO data_source (name, is_simulated, stored_at)
        VALUES ('import', false, now())";
    fixture.database.client().await.execute(import, &[]).await.unwrap();
    let round = collector.run_round().await;
    assert!(round.failures[0].reason.contains("cannot be mixed"), "{round:?}");
    assert_eq!(round.sources, 0);
}
