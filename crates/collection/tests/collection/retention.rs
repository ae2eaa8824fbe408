//! Data that is older than the retention, and videos that come back.

use crate::fixture::{Fixture, collect_due};
use chrono::TimeDelta;
use fake_youtube::{Fault, FaultKind};
use test_support::tables::{execute, query_value};
use youtube::Method;

const REMOVED: &str = "SELECT count(*) FROM collector_video WHERE removed_at IS NOT NULL";

#[tokio::test(flavor = "multi_thread")]
async fn expired_counts_of_unchecked_videos_are_deleted() {
    let fixture = Fixture::start(5).await;
    let collector = fixture.collector();
    collect_due(&collector).await;
    let removed = query_value::<i64>(&fixture.database, REMOVED).await;
    let stored = query_value::<i64>(&fixture.database, "SELECT count(*) FROM video").await;
    assert!(stored > 20, "{stored} videos");
    fixture.advance(TimeDelta::days(32));
    collector.delete_expired().await.unwrap();
    let counted = "SELECT count(*) FROM video WHERE views IS NOT NULL";
    assert_eq!(query_value::<i64>(&fixture.database, counted).await, 0);
    let counts = "SELECT count(*) FROM video_views";
    assert_eq!(query_value::<i64>(&fixture.database, counts).await, 0);
    assert_eq!(query_value::<i64>(&fixture.database, REMOVED).await, removed);

    collect_due(&collector).await;
    let now = fixture.now();
    let rows = fixture.database.client().await;
    let rows = rows.query("SELECT video_id, views FROM video", &[]).await.unwrap();
    for row in rows {
        let id = row.get::<_, String>(0).parse().unwrap();
        let state = fixture.server.simulator().catalog().video_at(&id, now);
        let is_public =
            state.is_some_and(|state| state.visibility == fake_youtube::Visibility::Public);
        assert_eq!(row.get::<_, Option<i64>>(1).is_some(), is_public, "{id}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn removed_video_in_a_feed_is_checked_again() {
    let fixture = Fixture::start(3).await;
    let collector = fixture.collector();
    collect_due(&collector).await;
    // Removed and deleted, as after three misses and a day.
    let remove = "UPDATE collector_video SET removed_at = 'epoch', misses = 3;
        UPDATE video SET removed_at = 'epoch'";
    fixture.database.client().await.batch_execute(remove).await.unwrap();
    collector.delete_expired().await.unwrap();
    assert_eq!(query_value::<i64>(&fixture.database, "SELECT count(*) FROM video").await, 0);
    fixture.advance(TimeDelta::minutes(30));
    collect_due(&collector).await;
    let returned = query_value::<i64>(&fixture.database, "SELECT count(*) FROM video").await;
    assert!(returned >= 15, "{returned} videos");
    let kept = "SELECT count(*) FROM collector_video WHERE removed_at IS NULL AND misses = 0";
    assert!(query_value::<i64>(&fixture.database, kept).await >= returned);

    // A miss removes a video that returned after earlier misses.
    fixture.database.client().await.batch_execute(remove).await.unwrap();
    let omit = Fault::always(FaultKind::OmitItems { count: 50 }).only(Method::VideosList);
    fixture.server.simulator().add_fault(omit);
    fixture.advance(TimeDelta::minutes(30));
    collect_due(&collector).await;
    let checked = "SELECT count(*) FROM collector_video WHERE removed_at IS NULL";
    assert_eq!(query_value::<i64>(&fixture.database, checked).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn expired_counts_of_channels_without_videos_are_deleted() {
    let fixture = Fixture::start(4).await;
    let collector = fixture.collector();
    collect_due(&collector).await;
    let channels = "SELECT count(*) FROM channel";
    let stored = query_value::<i64>(&fixture.database, channels).await;
    assert!(stored >= 3, "{stored} channels");
    // One is the own channel of an account.
    let remove =
        "UPDATE collector_video SET removed_at = 'epoch', misses = 3, published_at = 'epoch';
        UPDATE video SET removed_at = 'epoch';
        DELETE FROM collector_source;
        UPDATE channel_subscriber SET check_time = check_time - interval '31 days';
        INSERT INTO auth_user (id, username, password, email, first_name, last_name, is_superuser,
            is_staff, is_active, date_joined)
            VALUES (1, 'owner', '', '', '', '', false, false, true, now());
        INSERT INTO accounts_userinfo (own_channel, user_id) SELECT min(idx), 1 FROM channel";
    execute(&fixture.database, remove).await;
    let counts = "SELECT count(*) FROM channel_subscriber";
    assert!(query_value::<i64>(&fixture.database, counts).await > 0);
    collector.delete_expired().await.unwrap();
    assert_eq!(query_value::<i64>(&fixture.database, counts).await, 0);
    assert_eq!(query_value::<i64>(&fixture.database, channels).await, stored);

    let omit = Fault::always(FaultKind::OmitItems { count: 50 }).only(Method::ChannelsList);
    fixture.server.simulator().add_fault(omit);
    for _ in 0..3 {
        fixture.advance(TimeDelta::days(1));
        collect_due(&collector).await;
    }
    collector.delete_expired().await.unwrap();
    assert_eq!(query_value::<i64>(&fixture.database, channels).await, 1);
    let tracked = "SELECT count(*) FROM collector_channel";
    assert_eq!(query_value::<i64>(&fixture.database, tracked).await, 1);
}
