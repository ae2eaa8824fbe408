//! `createtrend seed --at-start`

use crate::world::World;
use ingest::{progress::NoProgress, start::prepare};
use test_support::tables::{dump, value};

impl World {
    /// Starts, and gives the index then in use.
    async fn start(&self, scale: u32) -> String {
        prepare(scale, &self.settings, &NoProgress).await.unwrap();
        self.index.client().current().await.unwrap().unwrap()
    }
}

#[tokio::test]
async fn an_empty_database_gets_the_demo_and_the_next_start_does_nothing() {
    let world = World::new().await;
    let index = world.start(100).await;
    assert_eq!(value::<i64>(&world.database, "SELECT count(*) FROM video").await, 100);
    let rows = dump(&world.database).await;
    assert_eq!(world.start(100).await, index);
    assert_eq!(dump(&world.database).await, rows);
}

#[tokio::test]
async fn videos_of_other_origin_stay_alone_and_are_indexed() {
    let world = World::new().await;
    let insert =
        "INSERT INTO video (video_name, video_id, upload_time) VALUES ('영상', 'real', now())";
    world.database.client().await.batch_execute(insert).await.unwrap();
    let index = world.start(100).await;
    assert_eq!(value::<i64>(&world.database, "SELECT count(*) FROM video").await, 1);
    assert_eq!(world.start(100).await, index);
}

#[tokio::test]
async fn without_a_demo_there_is_an_empty_index() {
    let world = World::new().await;
    world.start(0).await;
    assert_eq!(value::<i64>(&world.database, "SELECT count(*) FROM video").await, 0);
}
