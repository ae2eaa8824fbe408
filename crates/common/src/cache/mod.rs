//! In-process caches of responses and other values that are expensive to compute.
//!
//! Concurrent requests for the same key share one computation. An entry is *fresh* for
//! `cache.ttl_ms` and as long as [`DataVersion`] reports no change of the data. After
//! that:
//!
//! - for a short time, if the data did not change, the old value is served while it is
//!   renewed in the background (stale-while-revalidate);
//! - otherwise the request waits for the new value, and gets the old one only if computing
//!   fails or takes longer than half a second (stale-if-error, `cache.stale_ms`). Its
//!   headers `Age` and `Cache-Status` say so.
//!
//! `moka` coalesces the computations of an absent key (`try_get_with`), but not of a present key:
//! `and_compute_with` runs them all, one after another, and its callers wait without a limit.
//! Renewals are therefore coalesced by `SingleFlight`.

mod cached_response;
mod data_version;
mod single_flight;

pub use cached_response::CachedResponse;
pub use data_version::{DataVersion, VersionSource};

use crate::{
    Error,
    concurrency_limit::ConcurrencyLimit,
    http::{CsvRows, ListFormat},
    settings::CacheSettings,
};
use futures_util::{FutureExt, future::LocalBoxFuture};
use moka::future::Cache;
use parking_lot::Mutex;
use serde::Serialize;
use single_flight::{Flight, SingleFlight};
use std::{
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::time::timeout;
use tracing::Instrument;

/// The longest time after its time to live for which an entry is served while it is renewed
/// in the background. Short: each replica has its own cache, and their entries differ.
const REVALIDATE_WINDOW: Duration = Duration::from_secs(5);

/// How long a request waits for a renewal until it gets the stale value. Less than
/// `http.deadline_ms`.
const MAX_RENEWAL_WAIT: Duration = Duration::from_millis(500);

const RENEWAL_TIMEOUT: Duration = Duration::from_secs(10);

/// After a failed renewal, how long the stale value is served until the next attempt.
const RETRY_DELAY: Duration = Duration::from_secs(1);

/// Computations at a time: as many as a pool has connections. More only slow each other down.
const MAX_CONCURRENT: usize = 4;

/// Computations that may wait for a permit.
const MAX_QUEUED: usize = 32;

/// How long a computation may wait for a permit. The rest of `http.deadline_ms` must be enough
/// for it: a computation that starts too late is wasted.
const ACQUIRE_TIMEOUT: Duration = Duration::from_millis(250);

/// Approximate weight of an entry in addition to its key and value, in bytes.
const ENTRY_OVERHEAD: usize = 256;

/// Serialized responses by key, bounded by their bytes. Cloning shares the entries.
#[derive(Clone)]
pub struct ResponseCache {
    responses: ValueCache<CachedResponse>,
    limit: ConcurrencyLimit,
}

impl ResponseCache {
    /// An empty cache of responses that are computed from data of this version.
    pub fn new(settings: &CacheSettings, version: DataVersion) -> Self {
        let responses = ValueCache::new(settings, version, CachedResponse::size);
        let limit = ConcurrencyLimit::new("responses", MAX_CONCURRENT, MAX_QUEUED, ACQUIRE_TIMEOUT);
        Self { responses, limit }
    }

    /// The response of `key`, computed by `compute` unless there is a usable entry.
    pub fn get<V, C, F>(&self, key: String, compute: C) -> ResponseFuture<'_>
    where
        V: Serialize + 'static,
        C: FnOnce() -> F + 'static,
        F: Future<Output = Result<V, Error>> + 'static,
    {
        let ttl = self.responses.ttl;
        let serialize = move |value| CachedResponse::json(&value, ttl).map_err(Error::internal);
        self.respond(key, computation(compute, serialize))
    }

    /// The response of `key` as JSON or CSV.
    pub fn get_list<V, C, F>(
        &self,
        format: ListFormat,
        key: String,
        compute: C,
    ) -> ResponseFuture<'_>
    where
        V: CsvRows + 'static,
        C: FnOnce() -> F + 'static,
        F: Future<Output = Result<V, Error>> + 'static,
    {
        if format == ListFormat::Json {
            return self.get(key, compute);
        }
        let ttl = self.responses.ttl;
        let serialize = move |value| CachedResponse::csv(&value, ttl).map_err(Error::internal);
        self.respond(format!("csv {key}"), computation(compute, serialize))
    }

    fn respond(&self, key: String, compute: Computation) -> ResponseFuture<'_> {
        let limit = self.limit.clone();
        let compute = move || async move {
            let _permit = limit.acquire().await?;
            compute().await
        };
        async move {
            let Cached { value, age } = self.responses.get(key, compute).await?;
            Ok(value.with_age(age))
        }
        .boxed_local()
    }
}

/// The response of a cache. Boxed, as is the computation: otherwise the cache is compiled again for
/// each handler.
pub type ResponseFuture<'a> = LocalBoxFuture<'a, Result<CachedResponse, Error>>;

type Computation = Box<dyn FnOnce() -> ResponseFuture<'static>>;

fn computation<V, C, F>(
    compute: C,
    serialize: impl FnOnce(V) -> Result<CachedResponse, Error> + 'static,
) -> Computation
where
    V: 'static,
    C: FnOnce() -> F + 'static,
    F: Future<Output = Result<V, Error>> + 'static,
{
    Box::new(move || async move { serialize(compute().await?) }.boxed_local())
}

/// Values by key, bounded by their weight in bytes. Cloning shares the entries.
#[derive(Clone)]
pub struct ValueCache<V> {
    entries: Cache<String, Arc<Entry<V>>>,
    ttl: Duration,
    version: DataVersion,
    /// The last computation failed because a dependency is down or slow.
    is_degraded: Arc<AtomicBool>,
}

/// A value and its age.
#[derive(Debug, Clone)]
pub struct Cached<V> {
    /// The value.
    pub value: V,
    /// Time since its computation started; 0 for a request that waited for it.
    pub age: Duration,
}

/// Whether an entry can be served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Freshness {
    /// Served without renewal.
    Fresh,
    /// Served, and renewed in the background.
    Stale,
    /// Renewed before it is served.
    Outdated,
}

impl Freshness {
    /// The freshness of an entry of this age; `is_current` is false after a change of the data.
    fn of(age: Duration, ttl: Duration, is_current: bool) -> Self {
        if !is_current {
            Self::Outdated
        } else if age < ttl {
            Self::Fresh
        } else if age < ttl + ttl.min(REVALIDATE_WINDOW) {
            Self::Stale
        } else {
            Self::Outdated
        }
    }
}

struct Entry<V> {
    value: V,
    computed_at: Instant,
    generation: u64,
    renewal: Arc<SingleFlight>,
    /// The entry that replaced this one; a final error if it was removed.
    replacement: OnceLock<Result<Arc<Self>, Error>>,
    failed_at: Mutex<Option<Instant>>,
}

impl<V: Clone> Entry<V> {
    fn new(value: V, computed_at: Instant, generation: u64) -> Arc<Self> {
        Arc::new(Self {
            value,
            computed_at,
            generation,
            renewal: Arc::default(),
            replacement: OnceLock::new(),
            failed_at: Mutex::default(),
        })
    }

    /// The value for a request that waited for its computation.
    fn to_cached(&self) -> Cached<V> {
        Cached { value: self.value.clone(), age: Duration::ZERO }
    }

    fn set_failed(&self) {
        let mut failed_at = self.failed_at.lock();
        *failed_at = Some(Instant::now());
    }

    fn failed_recently(&self) -> bool {
        let failed_at = *self.failed_at.lock();
        failed_at.is_some_and(|failed_at| failed_at.elapsed() < RETRY_DELAY)
    }
}

impl<V: Clone + Send + Sync + 'static> ValueCache<V> {
    /// An empty cache of values that are computed from data of this version; `size_of_value` returns
    /// the bytes of one.
    pub fn new(
        settings: &CacheSettings,
        version: DataVersion,
        size_of_value: impl Fn(&V) -> usize + Send + Sync + 'static,
    ) -> Self {
        let ttl = settings.ttl_ms.duration();
        let entries = Cache::builder()
            .max_capacity(settings.max_bytes)
            .weigher(move |key: &String, entry: &Arc<Entry<V>>| {
                let bytes = key.len() + size_of_value(&entry.value) + ENTRY_OVERHEAD;
                u32::try_from(bytes).unwrap_or(u32::MAX)
            })
            .time_to_live(ttl + settings.stale_ms.duration())
            .build();
        Self { entries, ttl, version, is_degraded: Arc::default() }
    }

    /// The value of `key`, computed by `compute` unless there is a usable entry.
    pub async fn get<C, F>(&self, key: String, compute: C) -> Result<Cached<V>, Error>
    where
        C: FnOnce() -> F + 'static,
        F: Future<Output = Result<V, Error>> + 'static,
    {
        if self.ttl.is_zero() {
            return Ok(Cached { value: compute().await?, age: Duration::ZERO });
        }
        let generation = self.version.generation().await;
        let mut compute = Some(compute);
        let entry = match self.entries.get(&key).await {
            Some(entry) => entry,
            // Leaves `compute` if another request has computed the value.
            None => self.insert(&key, generation, &mut compute).await?,
        };
        let Some(compute) = compute else { return Ok(entry.to_cached()) };
        let age = entry.computed_at.elapsed();
        let freshness = Freshness::of(age, self.ttl, entry.generation >= generation);
        if freshness == Freshness::Fresh || entry.failed_recently() {
            return Ok(Cached { age, ..entry.to_cached() });
        }
        let renew = |flight| self.clone().renew(flight, key, entry.clone(), generation, compute);
        if freshness == Freshness::Stale || self.is_degraded.load(Ordering::Relaxed) {
            entry.renewal.start(renew);
            return Ok(Cached { age, ..entry.to_cached() });
        }
        entry.renewal.join(MAX_RENEWAL_WAIT, renew).await;
        match entry.replacement.get() {
            Some(Ok(replacement)) => Ok(replacement.to_cached()),
            Some(Err(error)) => Err(error.clone()),
            None => Ok(Cached { age, ..entry.to_cached() }),
        }
    }

    /// Computes and stores the value of a key without an entry.
    async fn insert<C, F>(
        &self,
        key: &str,
        generation: u64,
        compute: &mut Option<C>,
    ) -> Result<Arc<Entry<V>>, Error>
    where
        C: FnOnce() -> F,
        F: Future<Output = Result<V, Error>>,
    {
        let computing = async {
            let computed_at = Instant::now();
            let compute = compute.take().ok_or(Error::TimedOut)?;
            let value = compute().await?;
            self.is_degraded.store(false, Ordering::Relaxed);
            Ok(Entry::new(value, computed_at, generation))
        };
        let inserted = self.entries.try_get_with(key.to_owned(), computing).await;
        inserted.map_err(|error| {
            self.is_degraded.fetch_or(is_outage(&error), Ordering::Relaxed);
            Error::clone(&error)
        })
    }

    /// Computes the value again in a background task, which outlives the request.
    fn renew<C, F>(
        self,
        flight: Flight,
        key: String,
        old: Arc<Entry<V>>,
        generation: u64,
        compute: C,
    ) where
        C: FnOnce() -> F + 'static,
        F: Future<Output = Result<V, Error>> + 'static,
    {
        let renewal = async move {
            let _flight = flight;
            let computed_at = Instant::now();
            let computed = timeout(RENEWAL_TIMEOUT, compute()).await;
            match computed.unwrap_or(Err(Error::TimedOut)) {
                Ok(value) => {
                    self.is_degraded.store(false, Ordering::Relaxed);
                    let entry = Entry::new(value, computed_at, generation);
                    self.entries.insert(key, entry.clone()).await;
                    let _ = old.replacement.set(Ok(entry));
                }
                // Deleted data must not be shown.
                Err(error) if !error.is_retryable() => {
                    self.entries.invalidate(&key).await;
                    let _ = old.replacement.set(Err(error));
                }
                // Not an outage: the next request may retry immediately.
                Err(Error::Overloaded(_)) => {}
                Err(error) => {
                    tracing::warn!(key, "cannot renew a cached value: {error}");
                    old.set_failed();
                    self.is_degraded.fetch_or(is_outage(&error), Ordering::Relaxed);
                }
            }
        };
        actix_web::rt::spawn(renewal.in_current_span());
    }
}

/// Whether a dependency is down or slow, so that other computations fail as well.
const fn is_outage(error: &Error) -> bool {
    matches!(error, Error::Unavailable { .. } | Error::TimedOut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn freshness_ends_with_age_or_change_of_data() {
        let of = |age, ttl| Freshness::of(Duration::from_secs(age), Duration::from_secs(ttl), true);
        assert_eq!(of(59, 60), Freshness::Fresh);
        assert_eq!((of(60, 60), of(64, 60)), (Freshness::Stale, Freshness::Stale));
        assert_eq!(of(65, 60), Freshness::Outdated);
        assert_eq!((of(3, 2), of(4, 2)), (Freshness::Stale, Freshness::Outdated));
        let changed = Freshness::of(Duration::ZERO, Duration::from_mins(1), false);
        assert_eq!(changed, Freshness::Outdated);
    }
}
