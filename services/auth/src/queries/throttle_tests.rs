//! Attempts, with a clock that the test moves.

use super::*;
use common::db::connect;
use test_support::Database;

/// Two attempts are free, then 1, 2, 4 and 5 seconds; they expire after a minute.
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

    async fn record(&self, counting: Counting) -> Recorded {
        let key = Key("a".to_owned());
        record_attempt(&self.connection, key, &rule(), counting, self.now).await.unwrap()
    }

    async fn allowed(&self) -> Attempt {
        match self.record(Counting::Always).await {
            Recorded::Allowed(attempt) => attempt,
            Recorded::Refused(wait) => panic!("refused for {wait:?}"),
        }
    }

    async fn refused(&self) -> u128 {
        match self.record(Counting::Always).await {
            Recorded::Refused(wait) => wait.as_millis(),
            Recorded::Allowed(_) => panic!("allowed"),
        }
    }
}

#[actix_web::test]
async fn block_doubles_with_each_attempt() {
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
async fn refunded_attempt_does_not_count() {
    let mut world = World::new().await;
    world.allowed().await;
    for _ in 0..5 {
        let attempt = world.allowed().await;
        assert_eq!(world.refused().await, 1000);
        refund_attempt(&world.connection, &attempt).await.unwrap();
    }
    world.allowed().await;
    world.wait(1000);
    world.allowed().await;
    assert_eq!(world.refused().await, 2000);
}

#[actix_web::test]
async fn refund_keeps_the_block_of_another_attempt() {
    let world = World::new().await;
    let first = world.allowed().await;
    world.allowed().await;
    refund_attempt(&world.connection, &first).await.unwrap();
    assert_eq!(world.refused().await, 1000);
}

#[actix_web::test]
async fn attempts_end_with_a_reset_or_expire() {
    let mut world = World::new().await;
    for reset in [true, false] {
        world.allowed().await;
        let attempt = world.allowed().await;
        assert_eq!(world.refused().await, 1000);
        if reset {
            reset_attempts(&world.connection, &attempt).await.unwrap();
        } else {
            world.wait(60_001);
        }
    }
    world.allowed().await;
    world.allowed().await;
    assert_eq!(world.refused().await, 1000);
}

#[actix_web::test]
async fn attempt_of_a_slow_clock_is_not_refused() {
    let mut world = World::new().await;
    let attempt = world.allowed().await;
    world.now -= Duration::from_millis(5);
    refund_attempt(&world.connection, &attempt).await.unwrap();
    world.allowed().await;
}

#[actix_web::test]
async fn keys_are_independent() {
    let world = World::new().await;
    world.allowed().await;
    world.allowed().await;
    let other = Key("b".to_owned());
    let always = Counting::Always;
    let recorded = record_attempt(&world.connection, other, &rule(), always, world.now).await;
    assert!(matches!(recorded.unwrap(), Recorded::Allowed(_)));
}

#[actix_web::test]
async fn prune_removes_expired_keys() {
    let mut world = World::new().await;
    world.allowed().await;
    assert_eq!(prune_throttle(&world.connection, world.now).await.unwrap(), 0);
    world.wait(1);
    assert_eq!(prune_throttle(&world.connection, world.now).await.unwrap(), 1);
}

#[actix_web::test]
async fn attempt_beyond_the_limit_counts_only_once_the_limit_is_reached() {
    let mut world = World::new().await;
    assert!(world.allowed().await.is_first);
    for _ in 0..5 {
        let Recorded::Allowed(attempt) = world.record(Counting::BeyondLimit).await else {
            panic!("refused below the limit");
        };
        assert!(!attempt.is_first);
        // What was not counted is not taken back.
        refund_attempt(&world.connection, &attempt).await.unwrap();
    }
    assert!(!world.allowed().await.is_first);
    assert_eq!(world.refused().await, 1000);
    world.wait(1000);
    assert!(matches!(world.record(Counting::BeyondLimit).await, Recorded::Allowed(_)));
    assert_eq!(world.refused().await, 2000);
}

#[actix_web::test]
async fn attempt_that_does_not_count_keeps_the_others_from_expiring() {
    let mut world = World::new().await;
    world.allowed().await;
    for _ in 0..3 {
        world.wait(40_000);
        assert!(matches!(world.record(Counting::BeyondLimit).await, Recorded::Allowed(_)));
    }
    world.allowed().await;
    assert_eq!(world.refused().await, 1000);
}

#[actix_web::test]
async fn refund_of_the_last_attempt_removes_the_key() {
    let world = World::new().await;
    let attempt = world.allowed().await;
    refund_attempt(&world.connection, &attempt).await.unwrap();
    let left: i64 = auth_throttle::table.count().get_result(&mut &world.connection).await.unwrap();
    assert_eq!(left, 0);
}
