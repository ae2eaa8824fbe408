//! Rows compared with what the simulator knows.

use crate::fixture::Fixture;
use chrono::{DateTime, TimeDelta, Utc};
use fake_youtube::{LivePhase, VideoKind, Visibility};
use std::collections::HashMap;
use youtube::VideoId;

#[tokio::test(flavor = "multi_thread")]
async fn week_of_collection_equals_the_truth_of_the_simulator() {
    let fixture = Fixture::start(30).await;
    let (collector, start) = (fixture.collector(), fixture.now());
    fixture.simulate(&collector, start + TimeDelta::days(7), TimeDelta::hours(1)).await;
    let world = fixture.server.simulator().world();
    let client = fixture.database.client().await;

    let rows = client
        .query(
            "SELECT video_id, video_views.views, check_time, upload_time FROM video_views
             JOIN video ON video.idx = video_idx",
            &[],
        )
        .await
        .unwrap();
    assert!(rows.len() > 300, "{} observations", rows.len());
    let mut observed: HashMap<VideoId, DateTime<Utc>> = HashMap::new();
    for row in &rows {
        let id: VideoId = row.get::<_, String>(0).parse().unwrap();
        let (views, at) = (row.get::<_, i64>(1), row.get::<_, DateTime<Utc>>(2));
        let truth = world.video_at(&id, at).unwrap();
        assert_eq!(i64::try_from(truth.views).unwrap(), views, "{id} at {at}");
        assert_eq!(truth.published_at, row.get::<_, DateTime<Utc>>(3), "{id}");
        let latest = observed.entry(id).or_insert(at);
        *latest = at.max(*latest);
    }

    let rows = client
        .query("SELECT video_id, category, duration_seconds, is_short, removed_at FROM video", &[])
        .await
        .unwrap();
    let (mut shorts, end) = (0, fixture.now());
    for row in &rows {
        let id: VideoId = row.get::<_, String>(0).parse().unwrap();
        let truth = world.video_at(&id, fixture.now()).unwrap();
        assert_eq!(row.get::<_, Option<i16>>(1), i16::try_from(truth.category).ok(), "{id}");
        let seconds = row.get::<_, Option<i32>>(2).map(i64::from);
        assert!(seconds.is_none_or(|seconds| seconds == truth.seconds), "{id}: {seconds:?}");
        if let Some(is_short) = row.get::<_, Option<bool>>(3) {
            assert_eq!(is_short, truth.kind == VideoKind::Short, "{id}");
            shorts += usize::from(is_short);
        }
        let is_removed = row.get::<_, Option<DateTime<Utc>>>(4).is_some();
        assert!(!is_removed || truth.visibility != Visibility::Public, "{id}");
        // Checked daily, and removed after three misses within 36 hours.
        let was_deleted = world
            .video_at(&id, end - TimeDelta::days(2))
            .is_some_and(|earlier| earlier.visibility == Visibility::Deleted);
        let is_checked_daily = truth.published_at > end - TimeDelta::days(30);
        assert!(!(was_deleted && is_checked_daily) || is_removed, "{id} is not removed");
    }
    assert!(shorts > 10, "{shorts} Shorts of {}", rows.len());

    // Every upload of the week that could be seen for two hours is stored.
    let end = fixture.now();
    for channel in fixture.channels() {
        for id in world.uploads_until(&channel, end - TimeDelta::hours(2)) {
            let truth = world.video_at(&id, end).unwrap();
            if truth.published_at < start {
                break;
            }
            let is_visible = truth.visibility == Visibility::Public
                && world.removal(&id).is_none()
                && truth.live_phase == LivePhase::None
                && truth.starts_at < end - TimeDelta::hours(26);
            assert!(!is_visible || observed.contains_key(&id), "{truth:?} is not stored");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn channels_have_the_subscribers_that_the_simulator_publishes() {
    let fixture = Fixture::start(10).await;
    let (collector, start) = (fixture.collector(), fixture.now());
    fixture.simulate(&collector, start + TimeDelta::days(2), TimeDelta::hours(6)).await;
    let world = fixture.server.simulator().world();
    let client = fixture.database.client().await;
    let rows = client
        .query(
            "SELECT channel_id, s.subscriber_num, check_time FROM channel_subscriber s
             JOIN channel ON channel.idx = channel_idx",
            &[],
        )
        .await
        .unwrap();
    assert!(rows.len() >= 15, "{} counts", rows.len());
    for row in rows {
        let id = row.get::<_, String>(0).parse().unwrap();
        let truth = world.channel_at(&id, row.get(2)).unwrap();
        let published = truth.public_subscribers.map(|count| count.to_string());
        assert_eq!(published.as_deref(), Some(row.get::<_, &str>(1)), "{id}");
    }
}
