//! Quotas of the server and of the ledger.

use crate::setup::{Setup, at, config};
use chrono::TimeDelta;
use fake_youtube::Config;
use youtube::{Action, Bucket, Error, Limits, Method, SearchQuery};

fn search() -> SearchQuery {
    SearchQuery { query: "먹방".into(), ..SearchQuery::default() }
}

#[tokio::test]
async fn ledger_without_units_sends_no_request_and_leaves_other_buckets() {
    let setup = Setup::new(config(), Limits { search: 2, ..Limits::default() });
    for _ in 0..2 {
        setup.client.search(&search(), None).await.unwrap();
    }
    let error = setup.client.search(&search(), None).await.unwrap_err();
    assert_eq!(error.action(), Action::StopBucket(Bucket::Search));
    assert!(matches!(&error, Error::BudgetExhausted(it) if it.reset == at("2026-11-22T08:00:00Z")));
    assert!(error.to_string().contains("until midnight in Los Angeles"), "{error}");
    assert_eq!(setup.simulator().requests(Method::SearchList), 2);
    setup.client.video_categories("KR", "ko").await.unwrap();
}

#[tokio::test]
async fn quota_exceeded_by_the_server_exhausts_the_ledger() {
    let limits = Limits { search: 1, ..Limits::default() };
    let setup = Setup::new(Config { limits, ..config() }, Limits::default());
    setup.client.search(&search(), None).await.unwrap();
    let error = setup.client.search(&search(), None).await.unwrap_err();
    assert!(matches!(error, Error::QuotaExceeded { bucket: Bucket::Search, .. }), "{error}");
    // The next call is not sent.
    let error = setup.client.search(&search(), None).await.unwrap_err();
    assert!(matches!(error, Error::BudgetExhausted(_)), "{error}");
    assert_eq!(setup.simulator().requests(Method::SearchList), 2);
    setup.client.video_categories("KR", "ko").await.unwrap();
}

#[tokio::test]
async fn quota_of_the_server_is_reset_at_pacific_midnight() {
    let limits = Limits { units: 1, ..Limits::default() };
    let setup = Setup::new(Config { limits, ..config() }, Limits::default());
    // Each has a separate ledger, so that the server decides.
    let client = || setup.client_with_new_ledger();
    client().video_categories("KR", "ko").await.unwrap();
    let reset = at("2026-11-22T08:00:00Z");
    assert_eq!(youtube::next_reset(setup.now()), reset);
    setup.simulator().set_time(reset - TimeDelta::seconds(1), None);
    client().video_categories("KR", "ko").await.unwrap_err();
    setup.simulator().set_time(reset, None);
    client().video_categories("KR", "ko").await.unwrap();
    assert_eq!(setup.simulator().usage().used(Bucket::Units), 1);
}
