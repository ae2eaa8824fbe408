//! Several collectors on one database.

use crate::fixture::{Fixture, collect_due};
use chrono::TimeDelta;
use futures_util::join;
use youtube::Method;

#[tokio::test(flavor = "multi_thread")]
async fn collectors_share_due_work_without_repeating_it() {
    let fixture = Fixture::start(20).await;
    let (one, other, third) = (fixture.collector(), fixture.collector(), fixture.collector());
    join!(collect_due(&one), collect_due(&other), collect_due(&third));
    let client = fixture.database.client().await;
    // A claim of another collector can outlast an idle round.
    collect_due(&one).await;
    let checked =
        "SELECT count(*) FILTER (WHERE checked_at IS NULL), count(*) FROM collector_video";
    let row = client.query_one(checked, &[]).await.unwrap();
    assert_eq!(row.get::<_, i64>(0), 0);
    assert!(row.get::<_, i64>(1) > 100);
    let simulator = fixture.server.simulator();
    assert_eq!(simulator.requests(Method::Feed), 20);
    let repeated = "SELECT count(*) FROM video_views GROUP BY video_idx HAVING count(*) > 1";
    assert!(client.query(repeated, &[]).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn work_of_a_killed_collector_is_repeated_by_another() {
    let fixture = Fixture::start(5).await;
    let client = fixture.database.client().await;
    let claim = "UPDATE collector_source SET claimed_until = $1";
    client.execute(claim, &[&(fixture.now() + TimeDelta::minutes(5))]).await.unwrap();
    let collector = fixture.collector();
    collect_due(&collector).await;
    assert_eq!(fixture.server.simulator().requests(Method::Feed), 0);
    fixture.advance(TimeDelta::minutes(5));
    collect_due(&collector).await;
    assert_eq!(fixture.server.simulator().requests(Method::Feed), 5);
}
