//! Rows compared with the state of the simulator.

use crate::fixture::Fixture;
use chrono::{DateTime, TimeDelta, Utc};
use fake_youtube::{LivePhase, VideoKind, Visibility};
use std::collections::HashMap;
use youtube::VideoId;

#[tokio::test(flavor = "multi_thread")]
async fn collected_week_matches_the_simulator() {
    let fixture = Fixture::start(30).await;
    let (collector, start) = (fixture.collector(), fixture.now());
    fixture.simulate(&collector, start + TimeDelta::days(7), TimeDelta::hours(1)).await;
    let catalog = fixture.server.simulator().catalog();
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
        let state = catalog.video_at(&id, at).unwrap();
        assert_eq!(i64::try_from(state.views).unwrap(), views, "{id} at {at}");
        assert_eq!(state.published_at, row.get::<_, DateTime<Utc>>(3), "{id}");
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
        let state = catalog.video_at(&id, fixture.now()).unwrap();
        assert_eq!(row.get::<_, Option<i16>>(1), i16::try_from(state.category).ok(), "{id}");
        let seconds = row.get::<_, Option<i32>>(2).map(i64::from);
        assert!(seconds.is_none_or(|seconds| seconds == state.seconds), "{id}: {seconds:?}");
        if let Some(is_short) = row.get::<_, Option<bool>>(3) {
            assert_eq!(is_short, state.kind == VideoKind::Short, "{id}");
            shorts += usize::from(is_short);
        }
        let is_removed = row.get::<_, Option<DateTime<Utc>>>(4).is_some();
        assert!(!is_removed || state.visibility != Visibility::Public, "{id}");
        // Checked daily, and removed after three misses within 36 hours.
        let was_deleted = catalog
            .video_at(&id, end - TimeDelta::days(2))
            .is_some_and(|earlier| earlier.visibility == Visibility::Deleted);
        let is_checked_daily = state.published_at > end - TimeDelta::days(30);
        assert!(!(was_deleted && is_checked_daily) || is_removed, "{id} is not removed");
    }
    assert!(shorts > 10, "{shorts} Shorts of {}", rows.len());

    // Every upload of the week that could be seen for two hours is stored.
    let end = fixture.now();
    for channel in fixture.channels() {
        for id in catalog.uploads_until(&channel, end - TimeDelta::hours(2)) {
            let state = catalog.video_at(&id, end).unwrap();
            if state.published_at < start {
                break;
            }
            let is_visible = state.visibility == Visibility::Public
                && catalog.removal(&id).is_none()
                && state.live_phase == LivePhase::None
                && state.starts_at < end - TimeDelta::hours(26);
            assert!(!is_visible || observed.contains_key(&id), "{state:?} is not stored");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn channels_have_the_subscribers_that_the_simulator_publishes() {
    let fixture = Fixture::start(10).await;
    let (collector, start) = (fixture.collector(), fixture.now());
    fixture.simulate(&collector, start + TimeDelta::days(2), TimeDelta::hours(6)).await;
    let catalog = fixture.server.simulator().catalog();
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
        let state = catalog.channel_at(&id, row.get(2)).unwrap();
        let published = state.public_subscribers.map(|count| count.to_string());
        assert_eq!(published.as_deref(), Some(row.get::<_, &str>(1)), "{id}");
    }
}
