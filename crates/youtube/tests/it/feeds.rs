//! Feeds of channels.

use crate::setup::{Setup, config, setup};
use chrono::TimeDelta;
use fake_youtube::{Config, Fault, FaultKind, Visibility};
use youtube::{
    Action, Bucket, CacheValidators, ChannelId, Error, Feed, FetchedFeed, Limits, Method,
};

async fn feed(setup: &Setup, channel: &ChannelId) -> (Feed, CacheValidators) {
    match setup.client.feed(channel, &CacheValidators::default()).await.unwrap() {
        FetchedFeed::Modified(feed, validators) => (feed, validators),
        FetchedFeed::NotModified => panic!("nothing is cached"),
    }
}

#[tokio::test]
async fn feed_has_the_latest_public_uploads_without_quota() {
    let setup = setup();
    for channel in &setup.channels()[..40] {
        let (feed, _) = feed(&setup, channel).await;
        let now = setup.now();
        let states = setup
            .catalog()
            .uploads_until(channel, now)
            .filter_map(|id| setup.catalog().video_at(&id, now))
            .filter(|state| state.visibility == Visibility::Public);
        let states: Vec<_> = states.take(15).collect();
        assert_eq!(feed.title, setup.catalog().channel_at(channel, now).unwrap().title);
        assert_eq!(feed.entries.len(), states.len());
        for (entry, state) in feed.entries.iter().zip(&states) {
            assert_eq!((&entry.video_id, &entry.title), (&state.id, &state.title));
            assert_eq!(entry.published_at, state.published_at);
            assert_eq!(entry.views, Some(state.views));
        }
    }
    let usage = setup.simulator().usage();
    assert_eq!(Bucket::ALL.map(|bucket| usage.used(bucket)), [0; 3]);
    assert_eq!(setup.ledger.usage().used(Bucket::Units), 0);
}

#[tokio::test]
async fn feed_of_channel_without_uploads_has_no_entries() {
    let setup = Setup::new(Config { channels: 1_000, ..config() }, Limits::default());
    let is_empty =
        |id: &ChannelId| setup.catalog().channel_at(id, setup.now()).unwrap().videos == 0;
    let empty = setup.channels().into_iter().find(is_empty).unwrap();
    assert_eq!(feed(&setup, &empty).await.0.entries, []);
}

#[tokio::test]
async fn feed_outage_returns_retry_later() {
    let setup = setup();
    let channel = &setup.channels()[0];
    let until = setup.now() + TimeDelta::hours(6);
    for status in [404, 500] {
        let kind = FaultKind::Status { status, retry_after: None };
        let fault = Fault { until: Some(until), ..Fault::always(kind).only(Method::Feed) };
        setup.simulator().add_fault(fault);
        let error = setup.client.feed(channel, &CacheValidators::default()).await.unwrap_err();
        assert_eq!(error.action(), Action::RetryLater, "{error}");
        setup.simulator().clear_faults();
    }
    let unknown: ChannelId = "UC0123456789abcdefABCDEF".parse().unwrap();
    let gone = setup.client.feed(&unknown, &CacheValidators::default()).await.unwrap_err();
    assert!(matches!(gone, Error::FeedUnavailable), "{gone}");
    assert_eq!(gone.action(), Action::RetryLater);

    let kind = FaultKind::Status { status: 404, retry_after: None };
    setup.simulator().add_fault(Fault { until: Some(until), ..Fault::always(kind) });
    setup.client.feed(channel, &CacheValidators::default()).await.unwrap_err();
    setup.simulator().set_time(until, None);
    setup.client.feed(channel, &CacheValidators::default()).await.unwrap();
}

#[tokio::test]
async fn server_errors_of_feeds_are_retried_but_404_is_not() {
    let setup = setup();
    let channel = &setup.channels()[0];
    let status = |status| Fault::times(FaultKind::Status { status, retry_after: None }, 2);
    setup.simulator().add_fault(status(500));
    setup.client.feed(channel, &CacheValidators::default()).await.unwrap();
    assert_eq!(setup.simulator().requests(Method::Feed), 3);
    setup.simulator().add_fault(status(404));
    setup.client.feed(channel, &CacheValidators::default()).await.unwrap_err();
    assert_eq!(setup.simulator().requests(Method::Feed), 4);
}

#[tokio::test]
async fn unchanged_feed_is_not_sent_again_if_the_server_has_etags() {
    let setup = Setup::new(Config { has_feed_etags: true, ..config() }, Limits::default());
    let channel = &setup.channels()[0];
    let (_, validators) = feed(&setup, channel).await;
    assert!(validators.etag.is_some());
    let again = setup.client.feed(channel, &validators).await.unwrap();
    assert_eq!(again, FetchedFeed::NotModified);
    setup.simulator().clock().advance(TimeDelta::days(8));
    let later = setup.client.feed(channel, &validators).await.unwrap();
    assert!(matches!(later, FetchedFeed::Modified(_, newer) if newer != validators));
}

#[tokio::test]
async fn server_without_etags_sends_the_feed_again() {
    let setup = setup();
    let channel = &setup.channels()[0];
    let (_, validators) = feed(&setup, channel).await;
    assert_eq!(validators, CacheValidators::default());
}

#[tokio::test]
async fn truncated_feed_is_retried_and_malformed_feed_is_an_error() {
    let setup = setup();
    let channel = &setup.channels()[0];
    setup.simulator().add_fault(Fault::times(FaultKind::Truncate, 1));
    setup.client.feed(channel, &CacheValidators::default()).await.unwrap();
    assert_eq!(setup.simulator().requests(Method::Feed), 2);
    setup.simulator().add_fault(Fault::always(FaultKind::Malformed));
    let error = setup.client.feed(channel, &CacheValidators::default()).await.unwrap_err();
    assert!(matches!(error, Error::InvalidResponse { .. }), "{error}");
}
