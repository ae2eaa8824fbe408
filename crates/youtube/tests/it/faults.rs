//! Failures of the server and of the network.

use crate::setup::{KEY, Setup, client, setup};
use fake_youtube::{Fault, FaultKind};
use std::{net::TcpListener, slice, time::Duration};
use youtube::{Action, Bucket, Error, KeyProblem, Method, Part, VideoId};

const METHOD: Method = Method::VideosList;

async fn request(setup: &Setup) -> Result<usize, Error> {
    let ids: Vec<VideoId> = setup.uploads(1).into_iter().take(10).map(|it| it.id).collect();
    Ok(setup.client.videos(&ids, &[Part::Statistics]).await?.items.len())
}

fn status(status: u16, retry_after: Option<u64>) -> FaultKind {
    FaultKind::Status { status, retry_after }
}

#[tokio::test]
async fn transient_failures_are_retried_until_success() {
    let setup = setup();
    let expected = request(&setup).await.unwrap();
    let kinds = [
        status(500, None),
        status(502, None),
        status(503, Some(0)),
        status(429, None),
        FaultKind::RateLimitExceeded,
        FaultKind::Truncate,
    ];
    for kind in kinds {
        let before = setup.simulator().requests(METHOD);
        setup.simulator().add_fault(Fault::times(kind, 2));
        assert_eq!(request(&setup).await.unwrap(), expected, "{kind:?}");
        assert_eq!(setup.simulator().requests(METHOD), before + 3, "{kind:?}");
    }
}

#[tokio::test]
async fn persistent_failures_are_returned_after_max_attempts() {
    let setup = setup();
    for kind in [status(503, None), FaultKind::RateLimitExceeded, FaultKind::Truncate] {
        let before = setup.simulator().requests(METHOD);
        setup.simulator().add_fault(Fault::always(kind));
        let error = request(&setup).await.unwrap_err();
        assert_eq!(error.action(), Action::RetryLater, "{error}");
        assert_eq!(setup.simulator().requests(METHOD), before + 4, "{kind:?}");
        setup.simulator().clear_faults();
    }
}

#[tokio::test]
async fn every_attempt_is_reserved_in_the_ledger() {
    let setup = setup();
    setup.simulator().add_fault(Fault::always(status(500, None)));
    request(&setup).await.unwrap_err();
    assert_eq!(setup.ledger.usage().used(Bucket::Units), 4);
    assert_eq!(setup.simulator().usage().used(Bucket::Units), 4);
}

#[tokio::test]
async fn retry_after_beyond_the_deadline_ends_the_call_at_once() {
    let setup = setup();
    setup.simulator().add_fault(Fault::always(status(503, Some(3_600))));
    let error = request(&setup).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_hours(1)));
    assert_eq!(setup.simulator().requests(METHOD), 1);
}

#[tokio::test]
async fn permanent_failures_are_not_retried() {
    let cases = [
        (FaultKind::QuotaExceeded, Action::StopBucket(Bucket::Units)),
        (FaultKind::KeyInvalid, Action::Halt),
        (FaultKind::KeyRestricted, Action::Halt),
        (FaultKind::AccessNotConfigured, Action::Halt),
        (FaultKind::EchoKey, Action::Skip),
        (FaultKind::Malformed, Action::RetryLater),
    ];
    for (kind, action) in cases {
        let setup = setup();
        setup.simulator().add_fault(Fault::always(kind));
        let error = request(&setup).await.unwrap_err();
        assert_eq!(error.action(), action, "{error}");
        assert_eq!(setup.simulator().requests(METHOD), 1, "{kind:?}");
    }
}

#[tokio::test]
async fn malformed_body_returns_error_with_position() {
    let setup = setup();
    setup.simulator().add_fault(Fault::always(FaultKind::Malformed));
    let error = request(&setup).await.unwrap_err();
    let text = error.to_string();
    assert!(matches!(error, Error::InvalidResponse { is_truncated: false, .. }));
    assert!(text.contains("expected value at line 1 column 1"), "{text}");
    assert!(text.contains("bytes"), "{text}");
}

#[tokio::test]
async fn wrong_key_returns_key_error_without_cost() {
    let setup = setup();
    let client = client(&setup.server, "AIzaWrong", &setup.ledger, |_| ());
    let error = client.video_categories("KR", "ko").await.unwrap_err();
    assert!(matches!(error, Error::Key { problem: KeyProblem::Invalid, .. }), "{error}");
    assert!(error.to_string().starts_with("the API key is invalid: "), "{error}");
    assert_eq!(setup.simulator().usage().used(Bucket::Units), 0);
}

#[tokio::test]
async fn slow_response_ends_with_the_deadline_of_the_call() {
    let setup = setup();
    setup.simulator().add_fault(Fault::always(FaultKind::Delay { millis: 30_000 }));
    let config = |config: &mut youtube::Config| {
        config.total_timeout = Duration::from_millis(50);
    };
    let slow = client(&setup.server, KEY, &setup.ledger, config);
    let error = slow.video_categories("KR", "ko").await.unwrap_err();
    assert!(matches!(error, Error::Timeout(_)), "{error}");
    assert_eq!(error.action(), Action::RetryLater);

    let config = |config: &mut youtube::Config| {
        config.request_timeout = Duration::from_millis(20);
        config.max_attempts = 2;
    };
    let slow = client(&setup.server, KEY, &setup.ledger, config);
    let error = slow.video_categories("KR", "ko").await.unwrap_err();
    assert!(matches!(error, Error::Network(_)), "{error}");
}

#[tokio::test]
async fn unreachable_server_is_a_transient_network_error() {
    let setup = setup();
    // A free port on which nothing listens.
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let config = |config: &mut youtube::Config| config.api_url = format!("http://{address}");
    let client = client(&setup.server, KEY, &setup.ledger, config);
    let error = client.video_categories("KR", "ko").await.unwrap_err();
    assert!(matches!(error, Error::Network(_)), "{error}");
    assert_eq!(error.action(), Action::RetryLater);
    assert_eq!(setup.ledger.usage().used(Bucket::Units), 4);
}

#[tokio::test]
async fn redirect_is_not_followed_with_the_key() {
    let setup = setup();
    setup.simulator().add_fault(Fault::always(status(302, None)));
    let error = request(&setup).await.unwrap_err();
    assert!(matches!(error, Error::Server { status: 302, .. }), "{error}");
}

#[tokio::test]
async fn omitted_items_are_missing_until_they_return() {
    let setup = setup();
    let id = setup.find(|it| it.visibility == fake_youtube::Visibility::Public).id;
    setup.simulator().add_fault(Fault::times(FaultKind::OmitItems { count: 1 }, 2));
    for _ in 0..2 {
        let batch = setup.client.video_stats(slice::from_ref(&id)).await.unwrap();
        assert_eq!(batch.missing, slice::from_ref(&id));
    }
    let batch = setup.client.video_stats(slice::from_ref(&id)).await.unwrap();
    assert_eq!((batch.items.len(), batch.missing), (1, vec![]));
}
