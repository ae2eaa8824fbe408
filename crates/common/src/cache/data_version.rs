//! The version of the data behind cached values: `docs/decisions/0013-cache-follows-data-version.md`.

use super::single_flight::SingleFlight;
use crate::{Error, settings::CacheSettings};
use futures_util::{
    FutureExt,
    future::{BoxFuture, join_all},
};
use parking_lot::Mutex;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::time::timeout;

/// How long a request waits for a check. A check that takes longer ends in the background.
const MAX_CHECK_WAIT: Duration = Duration::from_millis(200);

const CHECK_TIMEOUT: Duration = Duration::from_secs(2);

/// A source of a data version.
pub struct VersionSource {
    name: &'static str,
    read: Box<dyn Fn() -> BoxFuture<'static, Result<String, Error>> + Send + Sync>,
}

impl VersionSource {
    /// A source whose version `read` returns: any text that differs after each change.
    pub fn new<F>(name: &'static str, read: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<String, Error>> + Send + 'static,
    {
        Self { name, read: Box::new(move || read().boxed()) }
    }
}

/// Detects changes of the data for caches. Cloning shares the state.
///
/// The sources are read when a request needs a cached value and the last check was longer
/// ago than `cache.version_check_ms`. While a source cannot be read, its last known version
/// counts.
#[derive(Clone)]
pub struct DataVersion(Arc<Inner>);

struct Inner {
    sources: Vec<KnownVersion>,
    interval: Duration,
    /// Grows with each change of any source.
    generation: AtomicU64,
    /// The last check found a change: see [`Inner::check`].
    has_changed: AtomicBool,
    checked_at: Mutex<Option<Instant>>,
    flight: Arc<SingleFlight>,
}

struct KnownVersion {
    source: VersionSource,
    version: Mutex<Option<String>>,
    /// Logged once for each outage.
    is_failing: AtomicBool,
}

impl DataVersion {
    /// The combined version of these sources.
    pub fn new(settings: &CacheSettings, sources: Vec<VersionSource>) -> Self {
        let known = |source| KnownVersion {
            source,
            version: Mutex::default(),
            is_failing: AtomicBool::default(),
        };
        Self(Arc::new(Inner {
            sources: sources.into_iter().map(known).collect(),
            interval: settings.version_check_ms.duration(),
            generation: AtomicU64::default(),
            has_changed: AtomicBool::default(),
            checked_at: Mutex::default(),
            flight: Arc::default(),
        }))
    }

    /// The current generation, checked before if that is due. What is computed after this
    /// call is computed from data of this generation or a later one.
    pub(super) async fn generation(&self) -> u64 {
        let inner = &self.0;
        if inner.is_check_due() {
            let check = |flight| {
                let inner = inner.clone();
                tokio::spawn(async move {
                    inner.check().await;
                    drop(flight);
                });
            };
            inner.flight.join(MAX_CHECK_WAIT, check).await;
        }
        inner.generation.load(Ordering::Acquire)
    }
}

impl Inner {
    fn is_check_due(&self) -> bool {
        let checked_at = *self.checked_at.lock();
        !self.sources.is_empty()
            && checked_at.is_none_or(|checked_at| checked_at.elapsed() >= self.interval)
    }

    /// Reads all sources. A change counts twice, now and at the next check: another node
    /// of the cluster may lag behind and still return old data.
    async fn check(&self) {
        let started_at = Instant::now();
        let changes = join_all(self.sources.iter().map(KnownVersion::update)).await;
        let is_changed = changes.contains(&true);
        if self.has_changed.swap(is_changed, Ordering::Relaxed) || is_changed {
            self.generation.fetch_add(1, Ordering::Release);
        }
        *self.checked_at.lock() = Some(started_at);
    }
}

impl KnownVersion {
    /// Reads the version; returns whether it differs from the last known one.
    async fn update(&self) -> bool {
        let read = timeout(CHECK_TIMEOUT, (self.source.read)()).await;
        let version = match read.unwrap_or(Err(Error::TimedOut)) {
            Ok(version) => version,
            Err(error) => {
                if !self.is_failing.swap(true, Ordering::Relaxed) {
                    let source = self.source.name;
                    tracing::warn!(source, "cannot read the data version: {error}");
                }
                return false;
            }
        };
        self.is_failing.store(false, Ordering::Relaxed);
        let mut known = self.version.lock();
        if known.as_ref() == Some(&version) {
            return false;
        }
        *known = Some(version);
        true
    }
}
