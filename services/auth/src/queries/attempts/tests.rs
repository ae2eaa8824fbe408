//! Attempts with a simulated clock.

use super::*;
use common::db::connect;
use test_support::TestDatabase;

/// Two free attempts, then delays of 1, 2, 4 and 5 seconds; expiry after a minute.
fn limit() -> RateLimit {
    RateLimit::new(2, 1000, 5000, 60_000)
}

struct TestContext {
    connection: AsyncPgConnection,
    now: DateTime<Utc>,
    _database: TestDatabase,
}

impl TestContext {
    async fn new() -> Self {
        let database = TestDatabase::create().await;
        let connection = connect(database.settings()).await.unwrap();
        let now = "2026-11-21T01:00:00.000001Z".parse().unwrap();
        Self { connection, now, _database: database }
    }

    fn advance(&mut self, millis: u64) {
        self.now += Duration::from_millis(millis);
    }

    async fn record(&self, counting: CountingMode) -> AttemptResult {
        let key = RateLimitKey("a".to_owned());
        record_attempt(&self.connection, key, &limit(), counting, self.now).await.unwrap()
    }

    async fn allowed(&self) -> Attempt {
        match self.record(CountingMode::Always).await {
            AttemptResult::Allowed(attempt) => attempt,
            AttemptResult::Blocked(wait) => panic!("blocked for {wait:?}"),
        }
    }

    async fn blocked(&self) -> u128 {
        match self.record(CountingMode::Always).await {
            AttemptResult::Blocked(wait) => wait.as_millis(),
            AttemptResult::Allowed(_) => panic!("allowed"),
        }
    }
}

#[actix_web::test]
async fn block_beyond_the_limit_doubles_with_each_attempt() {
    let mut context = TestContext::new().await;
    context.allowed().await;
    for delay in [1000, 2000, 4000, 5000, 5000, 5000] {
        context.allowed().await;
        assert_eq!(context.blocked().await, delay.into());
        context.advance(delay - 1);
        // Blocked attempts do not extend the block.
        assert_eq!(context.blocked().await, 1);
        context.advance(1);
    }
}

#[actix_web::test]
async fn refunded_attempt_does_not_count() {
    let mut context = TestContext::new().await;
    context.allowed().await;
    for _ in 0..5 {
        let attempt = context.allowed().await;
        assert_eq!(context.blocked().await, 1000);
        refund_attempt(&context.connection, &attempt).await.unwrap();
    }
    context.allowed().await;
    context.advance(1000);
    context.allowed().await;
    assert_eq!(context.blocked().await, 2000);
}

#[actix_web::test]
async fn refund_keeps_the_block_of_another_attempt() {
    let context = TestContext::new().await;
    let first = context.allowed().await;
    context.allowed().await;
    refund_attempt(&context.connection, &first).await.unwrap();
    assert_eq!(context.blocked().await, 1000);
}

#[actix_web::test]
async fn attempts_after_a_reset_or_expiry_start_at_zero() {
    let mut context = TestContext::new().await;
    for reset in [true, false] {
        context.allowed().await;
        let attempt = context.allowed().await;
        assert_eq!(context.blocked().await, 1000);
        if reset {
            reset_attempts(&context.connection, &attempt).await.unwrap();
        } else {
            context.advance(60_001);
        }
    }
    context.allowed().await;
    context.allowed().await;
    assert_eq!(context.blocked().await, 1000);
}

#[actix_web::test]
async fn attempt_with_a_slow_clock_is_allowed() {
    let mut context = TestContext::new().await;
    let attempt = context.allowed().await;
    context.now -= Duration::from_millis(5);
    refund_attempt(&context.connection, &attempt).await.unwrap();
    context.allowed().await;
}

#[actix_web::test]
async fn attempts_of_different_keys_are_independent() {
    let context = TestContext::new().await;
    context.allowed().await;
    context.allowed().await;
    let other = RateLimitKey("b".to_owned());
    let always = CountingMode::Always;
    let recorded = record_attempt(&context.connection, other, &limit(), always, context.now).await;
    assert!(matches!(recorded.unwrap(), AttemptResult::Allowed(_)));
}

#[actix_web::test]
async fn prune_deletes_only_expired_keys() {
    let mut context = TestContext::new().await;
    context.allowed().await;
    assert_eq!(prune_attempts(&context.connection, context.now).await.unwrap(), 0);
    context.advance(1);
    assert_eq!(prune_attempts(&context.connection, context.now).await.unwrap(), 1);
}

#[actix_web::test]
async fn beyond_limit_attempt_below_the_limit_does_not_count() {
    let mut context = TestContext::new().await;
    assert!(context.allowed().await.is_first);
    for _ in 0..5 {
        let AttemptResult::Allowed(attempt) = context.record(CountingMode::BeyondLimit).await
        else {
            panic!("blocked below the limit");
        };
        assert!(!attempt.is_first);
        // The refund of an uncounted attempt changes nothing.
        refund_attempt(&context.connection, &attempt).await.unwrap();
    }
    assert!(!context.allowed().await.is_first);
    assert_eq!(context.blocked().await, 1000);
    context.advance(1000);
    assert!(matches!(context.record(CountingMode::BeyondLimit).await, AttemptResult::Allowed(_)));
    assert_eq!(context.blocked().await, 2000);
}

#[actix_web::test]
async fn beyond_limit_attempt_delays_the_expiry_of_others() {
    let mut context = TestContext::new().await;
    context.allowed().await;
    for _ in 0..3 {
        context.advance(40_000);
        assert!(matches!(
            context.record(CountingMode::BeyondLimit).await,
            AttemptResult::Allowed(_)
        ));
    }
    context.allowed().await;
    assert_eq!(context.blocked().await, 1000);
}

#[actix_web::test]
async fn refund_of_the_only_attempt_deletes_the_key() {
    let context = TestContext::new().await;
    let attempt = context.allowed().await;
    refund_attempt(&context.connection, &attempt).await.unwrap();
    let keys: i64 =
        auth_throttle::table.count().get_result(&mut &context.connection).await.unwrap();
    assert_eq!(keys, 0);
}
