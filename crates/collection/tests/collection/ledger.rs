//! The quota ledger.

use chrono::{DateTime, TimeDelta, Utc};
use collection::{
    Clock, QuotaLedger,
    queries::quota::{UsageRow, list_usage},
};
use common::db::{Pool, connect};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use test_support::TestDatabase;
use youtube::{Ledger, Limits, Method, PacificDay};

#[tokio::test(flavor = "multi_thread")]
async fn reservation_across_reset_counts_on_the_new_day() {
    let database = TestDatabase::create().await;
    let settings = database.settings_of("collector");
    // Midnight in Los Angeles passes after the first reading of the clock.
    let reset: DateTime<Utc> = "2026-11-22T08:00:00Z".parse().unwrap();
    let was_read = Arc::new(AtomicBool::new(false));
    let clock = Clock::new(move || {
        if was_read.swap(true, Ordering::Relaxed) { reset } else { reset - TimeDelta::seconds(1) }
    });
    let ledger = QuotaLedger::new(Pool::new(&settings).unwrap(), Limits::default(), clock);
    ledger.reserve(Method::VideosList.cost().unwrap()).await.unwrap();
    let connection = connect(&settings).await.unwrap();
    let used = list_usage(&connection, PacificDay::of(reset)).await.unwrap();
    assert_eq!(used.iter().map(|row: &UsageRow| row.used).collect::<Vec<_>>(), [1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn raised_limit_ends_the_exhaustion_that_youtube_reported() {
    let database = TestDatabase::create().await;
    let settings = database.settings_of("collector");
    let ledger = |units| {
        let limits = Limits { units, ..Limits::default() };
        QuotaLedger::new(Pool::new(&settings).unwrap(), limits, Clock::system())
    };
    let cost = Method::VideosList.cost().unwrap();
    let reserve = async |units| ledger(units).reserve(cost).await.is_ok();
    assert!(reserve(100).await);
    ledger(100).exhaust(cost.bucket).await.unwrap();
    assert!(!reserve(100).await && !reserve(50).await);
    assert!(reserve(200).await && reserve(200).await);
    ledger(200).exhaust(cost.bucket).await.unwrap();
    assert!(!reserve(200).await);
}
