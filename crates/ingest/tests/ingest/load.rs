//! Loading rows in batches and in bulk.

use chrono::{DateTime, TimeDelta, Utc};
use ingest::{
    load::{
        Bulk, LoadCounts, NewChannel, NewChannelViews, NewKeyword, NewLikes, NewSubscribers,
        NewVideo, NewViews, ObservationGranularity, ObservationRank, RowBatch, Session, StoredIds,
        load,
    },
    observation::VideoDetails,
    progress::NoProgress,
};
use test_support::TestDatabase;
use test_support::tables::{query_value, rows_without_changed_at, schema_definition};

/// Two videos with a channel each and one without; all batches share a channel.
fn batch(number: i32) -> RowBatch {
    let time = "2026-11-22T10:00:00Z".parse::<DateTime<Utc>>().unwrap();
    let channel = |id: &str| NewChannel {
        channel_id: id.to_owned(),
        name: Some(format!("채널 {id}")),
        subscribers: 10,
        ..NewChannel::default()
    };
    let video = |index: i32| NewVideo {
        video_id: format!("v{number}-{index}"),
        channel: (index < 2).then_some(index),
        title: "제목".to_owned(),
        description: Some("설명".to_owned()),
        upload_time: time,
        thumbnail_url: None,
        views: Some(5),
        views_growth: Some(0),
        popularity: Some(0.5),
        popularity_estimated: false,
        crawled: true,
        observed: None,
        has_tags: false,
        details: VideoDetails::default(),
    };
    let counted = |index: i32, days| time - TimeDelta::days(i64::from(days + index));
    RowBatch {
        channels: vec![channel("UC1"), channel(&format!("UC-{number}"))],
        videos: (0..3).map(video).collect(),
        keywords: (0..6)
            .map(|index| NewKeyword { video: index % 3, keyword: format!("k{index}") })
            .collect(),
        views: (0..6)
            .map(|index| NewViews { video: index / 2, views: 5, check_time: counted(index, 0) })
            .collect(),
        likes: (0..3)
            .map(|video| NewLikes { video, likes: 1, dislikes: None, check_time: time })
            .collect(),
        subscribers: (0..4)
            .map(|index| NewSubscribers {
                channel: index % 2,
                subscribers: "10".to_owned(),
                check_time: counted(index, 1),
            })
            .collect(),
        channel_views: (0..2)
            .map(|channel| NewChannelViews { channel, views: 99, check_time: time })
            .collect(),
        superseded: 0,
        granularity: ObservationGranularity::Day,
    }
}

async fn session(database: &TestDatabase) -> Session {
    Session::connect_locked(database.settings(), &NoProgress).await.unwrap()
}

#[tokio::test]
async fn bulk_load_stores_same_rows_and_restores_schema() {
    for stored in 0..2 {
        let (by_batch, in_bulk) = (TestDatabase::create().await, TestDatabase::create().await);
        let before = schema_definition(&in_bulk).await;
        let (mut batch_session, mut bulk_session) =
            (session(&by_batch).await, session(&in_bulk).await);
        let mut loaded = Vec::new();
        for number in 0..3 {
            loaded.push(load_and_commit(&mut batch_session, batch(number)).await);
        }
        for number in 0..stored {
            load_and_commit(&mut bulk_session, batch(number)).await;
        }
        let mut bulk = Bulk::begin(&mut bulk_session).await.unwrap();
        for number in stored..3 {
            let (added, _) = bulk.append(batch(number), &StoredIds::new()).await.unwrap();
            assert_eq!(added, loaded[usize::try_from(number).unwrap()]);
        }
        bulk.finish(&NoProgress).await.unwrap();
        assert_eq!(
            rows_without_changed_at(&in_bulk).await,
            rows_without_changed_at(&by_batch).await
        );
        assert_eq!(schema_definition(&in_bulk).await, before);
        let next = "INSERT INTO channel (channel_id, subscriber_num) VALUES ('x', 1) RETURNING idx";
        assert_eq!(query_value::<i32>(&in_bulk, next).await, 5);
    }
}

async fn load_and_commit(session: &mut Session, batch: RowBatch) -> LoadCounts {
    let transaction = session.transaction().await.unwrap();
    let loaded = load(&transaction, &batch).await.unwrap();
    transaction.commit().await.unwrap();
    loaded
}

#[tokio::test]
async fn dropped_bulk_load_is_rolled_back() {
    let database = TestDatabase::create().await;
    let before = schema_definition(&database).await;
    let mut stopped = session(&database).await;
    let mut bulk = Bulk::begin(&mut stopped).await.unwrap();
    bulk.append(batch(0), &StoredIds::new()).await.unwrap();
    drop(bulk);
    drop(stopped);
    // Opens after the previous session has ended.
    assert!(session(&database).await.has_at_most_videos(10_000).await.unwrap());
    assert!(rows_without_changed_at(&database).await.is_empty());
    assert_eq!(schema_definition(&database).await, before);
}

#[tokio::test]
async fn added_keywords_update_changed_at() {
    let database = TestDatabase::create().await;
    let mut session = session(&database).await;
    let mut more =
        RowBatch { keywords: vec![NewKeyword { video: 1, keyword: "new".into() }], ..batch(0) };
    let time = "2026-11-23T10:00:00Z".parse().unwrap();
    more.videos[1].observed = Some(ObservationRank { time, views: 5 });
    for batch in [batch(0), more] {
        let transaction = session.transaction().await.unwrap();
        load(&transaction, &batch).await.unwrap();
        transaction.commit().await.unwrap();
    }
    let changed = "SELECT string_agg(video_id, ' ') FROM video
        WHERE changed_at > (SELECT min(changed_at) FROM video)";
    assert_eq!(query_value::<String>(&database, changed).await, "v0-1");
}
