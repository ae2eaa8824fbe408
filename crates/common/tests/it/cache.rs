//! The response cache.

use actix_web::{Responder, body::to_bytes, test::TestRequest};
use common::{
    Error,
    cache::{CachedResponse, DataVersion, ResponseCache, VersionSource},
    settings::{CacheSettings, Millis},
};
use futures_util::future::join_all;
use std::{
    cell::Cell,
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{sync::Notify, task::yield_now, time::timeout};

const KEY: &str = "key";
/// An hour: no test waits for an entry to expire.
const FRESH: u64 = 3_600_000;
/// Longer than any step of these tests takes.
const DEADLINE: Duration = Duration::from_secs(30);

/// A cache of data whose version is a number that is checked at every request.
struct TestContext {
    cache: ResponseCache,
    version: Arc<AtomicU64>,
}

impl TestContext {
    fn new(ttl_ms: u64) -> Self {
        let version = Arc::new(AtomicU64::new(1));
        let number = version.clone();
        let source = VersionSource::new("test", move || {
            let read = match number.load(Ordering::Relaxed) {
                0 => Err(unavailable()),
                number => Ok(number.to_string()),
            };
            async { read }
        });
        let settings = CacheSettings {
            ttl_ms: Millis(ttl_ms),
            stale_ms: Millis(60_000),
            max_bytes: 1_000_000,
            version_check_ms: Millis(0),
        };
        let data_version = DataVersion::new(&settings, vec![source]);
        Self { cache: ResponseCache::new(&settings, data_version), version }
    }

    /// A cache whose entry was computed before the data changed.
    async fn with_outdated_entry() -> Self {
        let context = Self::new(FRESH);
        // The first check and the one after it count as changes.
        for _ in 0..2 {
            context.get(Ok("old")).await.unwrap();
        }
        context.change();
        context
    }

    fn change(&self) {
        self.version.fetch_add(1, Ordering::Relaxed);
    }

    async fn get(&self, computed: Result<&'static str, Error>) -> Result<String, Error> {
        let response = self.cache.get(KEY.to_owned(), || async { computed }).await?;
        Ok(text(response).await)
    }
}

async fn text(response: CachedResponse) -> String {
    let response = response.respond_to(&TestRequest::default().to_http_request());
    let bytes = to_bytes(response.into_body()).await.unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

fn cache_status(response: CachedResponse) -> String {
    let response = response.respond_to(&TestRequest::default().to_http_request());
    let status = response.headers().get("cache-status");
    status.and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

#[test]
fn cache_status_has_remaining_ttl() {
    for (age_ms, status) in [
        (0, "replica; fwd=miss"),
        (1, "replica; hit; ttl=59"),
        (59_999, "replica; hit; ttl=0"),
        (60_000, "replica; hit; ttl=-1"),
        (472_000, "replica; hit; ttl=-412"),
    ] {
        let response = CachedResponse::json(&"response", Duration::from_mins(1)).unwrap();
        let response = response.with_age(Duration::from_millis(age_ms));
        assert_eq!(cache_status(response), status, "{age_ms} ms");
    }
    let uncached = CachedResponse::json(&"response", Duration::ZERO).unwrap();
    assert_eq!(cache_status(uncached), "");
}

fn unavailable() -> Error {
    Error::Unavailable { dependency: "test", source: Arc::new(std::io::Error::other("down")) }
}

#[actix_web::test]
async fn concurrent_requests_for_a_new_key_compute_once() {
    let cache = TestContext::new(FRESH).cache;
    let computed = Rc::new(Cell::new(0));
    let release = Rc::new(Notify::new());
    let requests = (0..200).map(|_| {
        let (computed, release) = (computed.clone(), release.clone());
        cache.get(KEY.to_owned(), || async move {
            computed.set(computed.get() + 1);
            release.notified().await;
            Ok("response")
        })
    });
    let releasing = async {
        yield_now().await;
        release.notify_one();
    };
    let both = async { futures_util::join!(join_all(requests), releasing).0 };
    let responses = timeout(DEADLINE, both).await.unwrap();
    assert!(responses.iter().all(Result::is_ok));
    assert_eq!(computed.get(), 1);
}

#[actix_web::test]
async fn entry_of_changed_data_is_renewed_before_a_response_is_served() {
    let context = TestContext::with_outdated_entry().await;
    assert_eq!(context.get(Ok("new")).await.unwrap(), "new");
}

#[actix_web::test]
async fn entry_of_unchanged_data_is_served() {
    let context = TestContext::with_outdated_entry().await;
    // A change counts again at the next check: a node may have returned old data.
    assert_eq!(context.get(Ok("new")).await.unwrap(), "new");
    assert_eq!(context.get(Ok("newer")).await.unwrap(), "newer");
    assert_eq!(context.get(Ok("unused")).await.unwrap(), "newer");
}

#[actix_web::test]
async fn entry_computed_while_the_data_changed_is_outdated() {
    let context = TestContext::new(FRESH);
    for _ in 0..2 {
        let version = context.version.clone();
        let compute = || async move {
            version.fetch_add(1, Ordering::Relaxed);
            Ok("outdated")
        };
        context.cache.get(KEY.to_owned(), compute).await.unwrap();
    }
    assert_eq!(context.get(Ok("new")).await.unwrap(), "new");
}

#[actix_web::test]
async fn entry_is_served_while_the_version_cannot_be_read() {
    let context = TestContext::new(FRESH);
    for _ in 0..2 {
        context.get(Ok("old")).await.unwrap();
    }
    context.version.store(0, Ordering::Relaxed);
    assert_eq!(context.get(Ok("unused")).await.unwrap(), "old");
}

#[actix_web::test]
async fn concurrent_requests_for_an_outdated_entry_renew_it_once() {
    let context = TestContext::with_outdated_entry().await;
    let computed = Rc::new(Cell::new(0));
    let release = Rc::new(Notify::new());
    let requests = (0..50).map(|_| {
        let (computed, release) = (computed.clone(), release.clone());
        context.cache.get(KEY.to_owned(), || async move {
            computed.set(computed.get() + 1);
            release.notified().await;
            Ok("new")
        })
    });
    let releasing = async {
        while computed.get() == 0 {
            yield_now().await;
        }
        release.notify_one();
    };
    let both = async { futures_util::join!(join_all(requests), releasing).0 };
    let responses = timeout(DEADLINE, both).await.unwrap();
    for response in responses {
        assert_eq!(text(response.unwrap()).await, "new");
    }
    assert_eq!(computed.get(), 1);
}

#[actix_web::test]
async fn entry_with_hanging_renewal_is_served_after_max_wait() {
    let context = TestContext::with_outdated_entry().await;
    let hanging = || std::future::pending::<Result<&str, Error>>();
    let response = timeout(DEADLINE, context.cache.get(KEY.to_owned(), hanging)).await;
    assert_eq!(text(response.unwrap().unwrap()).await, "old");
}

#[actix_web::test]
async fn entry_with_failing_renewal_is_served_and_retried_once_a_second() {
    let context = TestContext::with_outdated_entry().await;
    let attempts = Rc::new(Cell::new(0));
    let started_at = Instant::now();
    for _ in 0..1000 {
        let attempts = attempts.clone();
        let failing = || async move {
            attempts.set(attempts.get() + 1);
            Err::<&str, _>(unavailable())
        };
        let response = context.cache.get(KEY.to_owned(), failing).await.unwrap();
        assert_eq!(text(response).await, "old");
    }
    // One at the start, and at most one per second afterwards.
    let at_most = 1 + started_at.elapsed().as_secs();
    assert!((1..=at_most).contains(&attempts.get()), "{} attempts", attempts.get());
}

#[actix_web::test]
async fn entry_of_deleted_data_is_not_served() {
    let context = TestContext::with_outdated_entry().await;
    let deleted = context.get(Err(Error::NotFound("Not found.".into()))).await;
    assert!(matches!(deleted, Err(Error::NotFound(_))), "{deleted:?}");
    assert_eq!(context.get(Ok("new")).await.unwrap(), "new");
}

#[actix_web::test]
async fn entry_long_after_its_ttl_is_renewed_before_a_response_is_served() {
    let context = TestContext::new(1);
    context.get(Ok("old")).await.unwrap();
    // For two milliseconds after its computation it may still be served.
    let renewed = async {
        while context.get(Ok("new")).await.unwrap() != "new" {
            yield_now().await;
        }
    };
    timeout(DEADLINE, renewed).await.unwrap();
}

#[actix_web::test]
async fn error_is_not_cached() {
    let context = TestContext::new(FRESH);
    let failed = context.get(Err(unavailable())).await;
    assert!(matches!(failed, Err(Error::Unavailable { .. })));
    assert_eq!(context.get(Ok("response")).await.unwrap(), "response");
}

#[actix_web::test]
async fn disabled_cache_computes_every_response() {
    let context = TestContext::new(0);
    for response in ["one", "two", "three"] {
        assert_eq!(context.get(Ok(response)).await.unwrap(), response);
    }
}

#[actix_web::test]
async fn computations_beyond_limit_and_queue_return_overloaded() {
    let cache = TestContext::new(FRESH).cache;
    let release = Rc::new(Notify::new());
    let requests = (0..100).map(|number| {
        let release = release.clone();
        cache.get(number.to_string(), || async move {
            release.notified().await;
            Ok("response")
        })
    });
    let releasing = async {
        loop {
            release.notify_waiters();
            yield_now().await;
        }
    };
    let responses = async {
        tokio::select! {
            responses = join_all(requests) => responses,
            () = releasing => unreachable!(),
        }
    };
    let responses = timeout(DEADLINE, responses).await.unwrap();
    let computed = responses.iter().filter(|response| response.is_ok()).count();
    let busy =
        responses.iter().filter(|response| matches!(response, Err(Error::Overloaded(_)))).count();
    // Four run and 32 are queued; a slow machine rejects some of them after the maximum wait.
    assert_eq!(computed + busy, 100);
    assert!((4..=36).contains(&computed), "{computed} computed");
}
