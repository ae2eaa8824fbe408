//! Tries, with a clock that the test moves.

use super::*;
use common::db::connect;
use test_support::Database;

/// Two tries are free, then 1, 2, 4 and 5 seconds; all is forgotten after a minute.
fn rule() -> Rule {
    Rule::new(2, 1000, 5000, 60_000)
}

struct World {
    connection: AsyncPgConnection,
    now: DateTime<Utc>,
    _database: Database,
}

impl World {
    async fn new() -> Self {
        let database = Database::create().await;
        let connection = connect(database.settings()).await.unwrap();
        let now = "2026-11-21T01:00:00.000001Z".parse().unwrap();
        Self { connection, now, _database: database }
    }

    /// Time passes.
    fn wait(&mut self, millis: u64) {
        self.now += Duration::from_millis(millis);
    }

    async fn try_it(&self) -> Counted {
        count_try(&self.connection, Key("a".to_owned()), &rule(), self.now).await.unwrap()
    }

    async fn allowed(&self) -> Attempt {
        match self.try_it().await {
            Counted::Allowed(attempt) => attempt,
            Counted::Refused(wait) => panic!("refused for {wait:?}"),
        }
    }

    async fn refused(&self) -> u128 {
        match self.try_it().await {
            Counted::Refused(wait) => wait.as_millis(),
            Counted::Allowed(_) => panic!("allowed"),
        }
    }
}

#[actix_web::test]
async fn each_failure_waits_twice_as_long_as_the_one_before() {
    let mut world = World::new().await;
    world.allowed().await;
    for delay in [1000, 2000, 4000, 5000, 5000, 5000] {
        world.allowed().await;
        assert_eq!(world.refused().await, delay.into());
        world.wait(delay - 1);
        // What is refused does not make it longer.
        assert_eq!(world.refused().await, 1);
        world.wait(1);
    }
}

#[actix_web::test]
async fn what_is_given_back_was_never_tried() {
    let mut world = World::new().await;
    world.allowed().await;
    for _ in 0..5 {
        let attempt = world.allowed().await;
        assert_eq!(world.refused().await, 1000);
        give_back(&world.connection, &attempt).await.unwrap();
    }
    world.allowed().await;
    world.wait(1000);
    world.allowed().await;
    assert_eq!(world.refused().await, 2000);
}

#[actix_web::test]
async fn giving_back_does_not_end_the_wait_of_another_try() {
    let world = World::new().await;
    let first = world.allowed().await;
    world.allowed().await;
    give_back(&world.connection, &first).await.unwrap();
    assert_eq!(world.refused().await, 1000);
}

#[actix_web::test]
async fn all_is_forgotten_by_success_or_in_time() {
    let mut world = World::new().await;
    for forgotten in [true, false] {
        world.allowed().await;
        let attempt = world.allowed().await;
        assert_eq!(world.refused().await, 1000);
        if forgotten {
            forget(&world.connection, &attempt).await.unwrap();
        } else {
            world.wait(60_001);
        }
    }
    world.allowed().await;
    world.allowed().await;
    assert_eq!(world.refused().await, 1000);
}

#[actix_web::test]
async fn a_try_of_a_clock_that_is_behind_need_not_wait() {
    let mut world = World::new().await;
    let attempt = world.allowed().await;
    world.now -= Duration::from_millis(5);
    give_back(&world.connection, &attempt).await.unwrap();
    world.allowed().await;
}

#[actix_web::test]
async fn keys_do_not_know_each_other() {
    let world = World::new().await;
    world.allowed().await;
    world.allowed().await;
    let other = Key("b".to_owned());
    let counted = count_try(&world.connection, other, &rule(), world.now).await.unwrap();
    assert!(matches!(counted, Counted::Allowed(_)));
}

#[actix_web::test]
async fn what_is_old_is_removed() {
    let mut world = World::new().await;
    world.allowed().await;
    assert_eq!(prune_tries(&world.connection, world.now).await.unwrap(), 0);
    world.wait(1);
    assert_eq!(prune_tries(&world.connection, world.now).await.unwrap(), 1);
}
