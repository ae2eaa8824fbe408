//! `Writer`: continuous ingestion.

use crate::import::import_files;
use chrono::{DateTime, TimeDelta, Utc};
use ingest::{
    import::{ImportError, Writer, read_observations},
    load::LoadCounts,
    observation::{ChannelObservation, VideoCounts, VideoObservation},
};
use test_support::{
    TestDatabase,
    dataset::{Files, file, sample},
    tables::{all_rows, query_value, rows_without_changed_at},
};

fn observations() -> Vec<VideoObservation> {
    let (observations, invalid) = read_observations(file(&sample()).as_bytes()).unwrap();
    assert_eq!(invalid, 0);
    observations
}

fn channel(channel_id: &str, subscribers: i32) -> ChannelObservation {
    ChannelObservation {
        channel_id: channel_id.to_owned(),
        subscribers,
        views: Some(9_000),
        uploads: Some(417),
        name: Some("이름".to_owned()),
        description: None,
        start_date: None,
        thumbnail_url: None,
        observed: Some("2020-08-14T00:00:00Z".parse().unwrap()),
        has_truncated_text: false,
    }
}

#[tokio::test]
async fn writer_stores_same_rows_as_import() {
    let (written, imported) = (TestDatabase::create().await, TestDatabase::create().await);
    let mut writer = Writer::connect(written.settings(), true).await.unwrap();
    for batch in observations().chunks(5) {
        writer.write(batch.to_vec(), Vec::new()).await.unwrap();
    }
    let files = Files::new();
    import_files(&imported, &[files.write("kr.csv", file(&sample()))]).await.unwrap();
    assert_eq!(rows_without_changed_at(&written).await, rows_without_changed_at(&imported).await);
}

#[tokio::test]
async fn observations_are_not_added_to_data_of_the_other_kind() {
    let database = TestDatabase::create().await;
    let mut real = Writer::connect(database.settings(), false).await.unwrap();
    real.check_data_kind().await.unwrap();
    // After the check of the other writer.
    let mut simulated = Writer::connect(database.settings(), true).await.unwrap();
    simulated.write(observations(), Vec::new()).await.unwrap();
    let rows = all_rows(&database).await;
    let error = real.write(observations(), vec![channel("UC9", 510)]).await.unwrap_err();
    assert!(matches!(error, ImportError::MixedData { stored: "simulated", .. }), "{error}");
    let before = DateTime::<Utc>::MAX_UTC;
    assert!(real.delete_counts(&["v1", "v2"], before).await.is_err());
    assert_eq!(all_rows(&database).await, rows);
}

#[tokio::test]
async fn writer_updates_derived_columns_with_each_batch() {
    let database = TestDatabase::create().await;
    let mut writer = Writer::connect(database.settings(), true).await.unwrap();
    let video = "SELECT concat_ws(' ', v.views, views_growth, popularity, subscriber_num)
        FROM video v JOIN channel c ON c.idx = v.channel_idx WHERE video_id = 'v2'";
    let (first_day, later): (Vec<_>, Vec<_>) = observations()
        .into_iter()
        .filter(|observation| observation.video_id == "v2")
        .partition(|observation| observation.views < 2_000);
    writer.write(first_day, vec![channel("UC2", 510)]).await.unwrap();
    assert_eq!(query_value::<String>(&database, video).await, "1020 0 2 510");
    writer.write(later, Vec::new()).await.unwrap();
    assert_eq!(query_value::<String>(&database, video).await, "3020 1000 5.921568627450981 510");
    let uploads = "SELECT upload_count FROM channel WHERE channel_id = 'UC2'";
    assert_eq!(query_value::<i64>(&database, uploads).await, 417);
}

#[tokio::test]
async fn writer_repeating_a_batch_changes_nothing() {
    let database = TestDatabase::create().await;
    let mut writer = Writer::connect(database.settings(), true).await.unwrap();
    writer.write(observations(), vec![channel("UC0", 500)]).await.unwrap();
    let before = all_rows(&database).await;
    let again = writer.write(observations(), vec![channel("UC0", 500)]).await.unwrap();
    assert_eq!(again, LoadCounts::default());
    assert_eq!(all_rows(&database).await, before);
}

#[tokio::test]
async fn concurrent_writers_store_all_observations_once() {
    let database = TestDatabase::create().await;
    let write = async |rows: Vec<VideoObservation>| {
        let mut writer = Writer::connect(database.settings(), true).await.unwrap();
        let mut stored = LoadCounts::default();
        for batch in rows.chunks(3) {
            stored += writer.write(batch.to_vec(), Vec::new()).await.unwrap();
        }
        stored
    };
    let (mut all, second) = tokio::join!(write(observations()), write(observations()));
    all += second;
    assert_eq!((all.channels, all.videos, all.views), (4, 12, 24));
}

/// Observations of one video `hours` after its upload.
fn hourly(counts: &[(i64, i64)]) -> Vec<VideoObservation> {
    let video = observations().remove(0);
    let at = |&(hours, views): &(i64, i64)| VideoObservation {
        observed: video.published + TimeDelta::hours(hours),
        views,
        ..video.clone()
    };
    counts.iter().map(at).collect()
}

fn counts_of(video: &VideoObservation, observed: DateTime<Utc>, views: i64) -> VideoCounts {
    VideoCounts { video_id: video.video_id.clone(), observed, views, likes: Some(1) }
}

#[tokio::test]
async fn writer_keeps_every_observation_of_a_day() {
    let database = TestDatabase::create().await;
    let mut writer = Writer::connect(database.settings(), true).await.unwrap();
    let rows = hourly(&[(1, 100), (3, 200), (6, 190), (24, 1_000), (25, 1_100)]);
    writer.write(rows, Vec::new()).await.unwrap();
    let stored = "SELECT string_agg(views::text, ' ' ORDER BY check_time) FROM video_views";
    assert_eq!(query_value::<String>(&database, stored).await, "100 200 190 1000 1100");
    // From the observation after three hours, 22 hours earlier.
    let growth = query_value::<i64>(&database, "SELECT views_growth FROM video").await;
    assert_eq!(growth, (1_100 - 200) * 24 / 22 + 1);
}

#[tokio::test]
async fn counts_of_stored_videos_are_added_and_others_ignored() {
    let database = TestDatabase::create().await;
    let mut writer = Writer::connect(database.settings(), true).await.unwrap();
    let rows = hourly(&[(1, 100)]);
    writer.write(rows.clone(), Vec::new()).await.unwrap();
    let texts = "SELECT concat_ws(' ', video_name, video_description, upload_time) FROM video";
    let before = query_value::<String>(&database, texts).await;
    let later = rows[0].observed + TimeDelta::hours(30);
    let mut unknown = counts_of(&rows[0], later, 5);
    unknown.video_id = "unknown".to_owned();
    let counts = vec![counts_of(&rows[0], later, 400), unknown];
    let loaded = writer.write_counts(counts.clone()).await.unwrap();
    assert_eq!((loaded.videos, loaded.views, loaded.likes), (0, 1, 1));
    assert_eq!(query_value::<String>(&database, texts).await, before);
    let derived = "SELECT concat_ws(' ', views, views_growth) FROM video";
    assert_eq!(query_value::<String>(&database, derived).await, "400 240");
    // Estimated from the views of its video.
    assert_eq!(query_value::<i32>(&database, "SELECT subscriber_num FROM channel").await, 400);
    assert_eq!(writer.write_counts(counts).await.unwrap(), LoadCounts::default());
}

#[tokio::test]
async fn removed_video_is_deleted_later_or_restored_by_an_observation() {
    let database = TestDatabase::create().await;
    let mut writer = Writer::connect(database.settings(), true).await.unwrap();
    let rows = hourly(&[(1, 100)]);
    writer.write(rows.clone(), Vec::new()).await.unwrap();
    let (id, now) = (rows[0].video_id.clone(), rows[0].observed + TimeDelta::hours(9));
    let removed = "SELECT count(removed_at) FROM video";
    writer.mark_removed(&[&id], now).await.unwrap();
    assert_eq!(query_value::<i64>(&database, removed).await, 1);
    let again = VideoObservation { observed: now, ..rows[0].clone() };
    writer.write(vec![again], Vec::new()).await.unwrap();
    assert_eq!(query_value::<i64>(&database, removed).await, 0);
    writer.mark_removed(&[&id], now).await.unwrap();
    assert_eq!(writer.delete_removed(now).await.unwrap(), 0);
    assert_eq!(writer.delete_removed(now + TimeDelta::seconds(1)).await.unwrap(), 1);
    let left = "SELECT (SELECT count(*) FROM video) + (SELECT count(*) FROM video_views)
        + (SELECT count(*) FROM video_keyword_new) + (SELECT count(*) FROM video_likes)";
    assert_eq!(query_value::<i64>(&database, left).await, 0);
}

#[tokio::test]
async fn expired_counts_of_the_given_videos_are_deleted() {
    let database = TestDatabase::create().await;
    let mut writer = Writer::connect(database.settings(), true).await.unwrap();
    let mut rows = hourly(&[(1, 100), (48, 200)]);
    let other = observations().into_iter().find(|row| row.video_id != rows[0].video_id).unwrap();
    let id = rows[0].video_id.clone();
    let before = rows[1].observed;
    rows.push(VideoObservation { observed: rows[0].observed, ..other });
    writer.write(rows, vec![channel("UC0", 500)]).await.unwrap();
    writer.delete_counts(&[&id], before).await.unwrap();
    let left = "SELECT string_agg(video_id || ' ' || w.views, ', ' ORDER BY video_id)
        FROM video_views w JOIN video v ON v.idx = video_idx";
    let left = query_value::<String>(&database, left).await;
    assert!(left.contains(&format!("{id} 200")) && !left.contains(&format!("{id} 100")), "{left}");
    assert_eq!(left.split(", ").count(), 2);
}

#[tokio::test]
async fn writer_records_data_source_with_newest_observation() {
    let database = TestDatabase::create().await;
    let mut writer = Writer::connect(database.settings(), true).await.unwrap();
    let rows = hourly(&[(48, 200), (1, 100)]);
    let newest = rows[0].observed;
    writer.write(rows, Vec::new()).await.unwrap();
    let row = "SELECT concat_ws(' ', name, is_simulated, problem) FROM data_source";
    assert_eq!(query_value::<String>(&database, row).await, "collector t");
    let stored =
        query_value::<DateTime<Utc>>(&database, "SELECT newest_observation FROM data_source");
    assert_eq!(stored.await, newest);
    let files = Files::new();
    import_files(&database, &[files.write("kr.csv", file(&sample()))]).await.unwrap();
    let names = "SELECT string_agg(name, ' ' ORDER BY name) FROM data_source";
    assert_eq!(query_value::<String>(&database, names).await, "collector import");
}
