//! `Writer`: continuous ingestion.

use crate::import::import_files;
use ingest::{
    import::{Writer, read_observations},
    load::Loaded,
    observation::{ChannelObservation, VideoObservation},
};
use test_support::{
    Database,
    dataset::{Files, file, sample},
    tables::{content, dump, value},
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
        name: Some("이름".to_owned()),
        description: None,
        start_date: None,
        thumbnail_url: None,
        observed: Some("2020-08-14T00:00:00Z".parse().unwrap()),
        truncated: false,
    }
}

#[tokio::test]
async fn writer_stores_same_rows_as_import() {
    let (written, imported) = (Database::create().await, Database::create().await);
    let mut writer = Writer::connect(written.settings(), true).await.unwrap();
    for batch in observations().chunks(5) {
        writer.write(batch.to_vec(), Vec::new()).await.unwrap();
    }
    let files = Files::new();
    import_files(&imported, &[files.write("kr.csv", file(&sample()))]).await.unwrap();
    assert_eq!(content(&written).await, content(&imported).await);
}

#[tokio::test]
async fn writer_updates_derived_columns_with_each_batch() {
    let database = Database::create().await;
    let mut writer = Writer::connect(database.settings(), true).await.unwrap();
    let video = "SELECT concat_ws(' ', v.views, views_growth, popularity, subscriber_num)
        FROM video v JOIN channel c ON c.idx = v.channel_idx WHERE video_id = 'v2'";
    let (first_day, later): (Vec<_>, Vec<_>) = observations()
        .into_iter()
        .filter(|observation| observation.video_id == "v2")
        .partition(|observation| observation.views < 2_000);
    writer.write(first_day, vec![channel("UC2", 510)]).await.unwrap();
    assert_eq!(value::<String>(&database, video).await, "1020 0 2 510");
    writer.write(later, Vec::new()).await.unwrap();
    assert_eq!(value::<String>(&database, video).await, "3020 1000 5.921568627450981 510");
}

#[tokio::test]
async fn writer_repeating_a_batch_changes_nothing() {
    let database = Database::create().await;
    let mut writer = Writer::connect(database.settings(), true).await.unwrap();
    writer.write(observations(), vec![channel("UC0", 500)]).await.unwrap();
    let before = dump(&database).await;
    let again = writer.write(observations(), vec![channel("UC0", 500)]).await.unwrap();
    assert_eq!(again, Loaded::default());
    assert_eq!(dump(&database).await, before);
}

#[tokio::test]
async fn concurrent_writers_store_all_observations_once() {
    let database = Database::create().await;
    let write = async |rows: Vec<VideoObservation>| {
        let mut writer = Writer::connect(database.settings(), true).await.unwrap();
        let mut stored = Loaded::default();
        for batch in rows.chunks(3) {
            stored += writer.write(batch.to_vec(), Vec::new()).await.unwrap();
        }
        stored
    };
    let (mut all, second) = tokio::join!(write(observations()), write(observations()));
    all += second;
    assert_eq!((all.channels, all.videos, all.views), (4, 12, 24));
}
