//! Caches of what takes work to make.
//!
//! A value is made once for all who ask for it at the same time. When it is no longer
//! fresh it is still given while one request renews it, and while what it is made from
//! is down. A finished answer says so then (`Warning`).
//!
//! Few answers are made at a time, and few more may wait for that: whoever asks for one
//! beyond those is told so at once, instead of making all others wait longer.

use crate::{Error, http::Answer, settings::CacheSettings, slots::Slots};
use moka::future::Cache;
use serde::Serialize;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::time::timeout;
use tracing::Instrument;

/// After a renewal that failed, how long the old value is given before the next try:
/// readers must not hammer on what is down.
const RENEWAL_PAUSE: Duration = Duration::from_secs(1);

/// How long a renewal may take: longer than anything that answers would.
const RENEWAL_LIMIT: Duration = Duration::from_secs(10);

/// How many answers are made at a time: twice what a pool of connections serves.
const AT_ONCE: usize = 8;

/// How many more may wait for that: they get their answer within about a second, also where
/// an answer takes a quarter of one.
const WAITING: usize = 32;

/// What an entry weighs beside its key and its bytes, in bytes: about.
const ENTRY_OVERHEAD: usize = 256;

/// Finished answers by their key, bounded by their bytes. Cloning shares them.
#[derive(Clone)]
pub struct AnswerCache {
    answers: ValueCache<Answer>,
    making: Slots,
}

impl AnswerCache {
    /// An empty cache.
    pub fn new(settings: &CacheSettings) -> Self {
        let answers = ValueCache::new(settings, Answer::len);
        Self { answers, making: Slots::new("answers", AT_ONCE, WAITING) }
    }

    /// The answer of `key`, made by `make` where there is none.
    pub async fn get<V, M, F>(&self, key: String, make: M) -> Result<Answer, Error>
    where
        V: Serialize,
        M: FnOnce() -> F + 'static,
        F: Future<Output = Result<V, Error>> + 'static,
    {
        let fresh = self.answers.fresh;
        let making = self.making.clone();
        let make = move || async move {
            let _slot = making.take().await?;
            Answer::json(&make().await?, fresh).map_err(Error::internal)
        };
        let Aged { value, age } = self.answers.get(key, make).await?;
        Ok(value.at(age))
    }
}

/// Values by their key, bounded by their weight in bytes. Cloning shares them.
#[derive(Clone)]
pub struct ValueCache<V> {
    entries: Cache<String, Arc<Entry<V>>>,
    fresh: Duration,
}

/// A value, and how long ago it was made.
#[derive(Debug, Clone)]
pub struct Aged<V> {
    /// The value.
    pub value: V,
    /// Since it was made; nothing for whoever has waited for its making.
    pub age: Duration,
}

struct Entry<V> {
    value: V,
    made: Instant,
    being_renewed: AtomicBool,
}

impl<V> Entry<V> {
    fn new(value: V) -> Arc<Self> {
        Arc::new(Self { value, made: Instant::now(), being_renewed: AtomicBool::new(false) })
    }
}

impl<V: Clone + Send + Sync + 'static> ValueCache<V> {
    /// An empty cache of values that weigh so many bytes each.
    pub fn new(
        settings: &CacheSettings,
        weigh: impl Fn(&V) -> usize + Send + Sync + 'static,
    ) -> Self {
        let fresh = settings.fresh_ms.duration();
        let entries = Cache::builder()
            .max_capacity(settings.max_bytes)
            .weigher(move |key: &String, entry: &Arc<Entry<V>>| {
                let bytes = key.len() + weigh(&entry.value) + ENTRY_OVERHEAD;
                u32::try_from(bytes).unwrap_or(u32::MAX)
            })
            .time_to_live(fresh + settings.stale_ms.duration())
            .build();
        Self { entries, fresh }
    }

    /// The value of `key`, made by `make` where there is none.
    pub async fn get<M, F>(&self, key: String, make: M) -> Result<Aged<V>, Error>
    where
        M: FnOnce() -> F + 'static,
        F: Future<Output = Result<V, Error>> + 'static,
    {
        if self.fresh.is_zero() {
            return Ok(Aged { value: make().await?, age: Duration::ZERO });
        }
        let Some(entry) = self.entries.get(&key).await else {
            let making = async { Ok(Entry::new(make().await?)) };
            return match self.entries.try_get_with(key, making).await {
                Ok(entry) => Ok(Aged { value: entry.value.clone(), age: Duration::ZERO }),
                Err(error) => Err(Error::clone(&error)),
            };
        };
        let age = entry.made.elapsed();
        if age >= self.fresh && !entry.being_renewed.swap(true, Ordering::Relaxed) {
            self.clone().renew(key, entry.clone(), make);
        }
        Ok(Aged { value: entry.value.clone(), age })
    }

    /// Makes the value again, beside the requests that get the old one meanwhile.
    fn renew<M, F>(self, key: String, old: Arc<Entry<V>>, make: M)
    where
        M: FnOnce() -> F + 'static,
        F: Future<Output = Result<V, Error>> + 'static,
    {
        let renewal = async move {
            let renewed = timeout(RENEWAL_LIMIT, make()).await;
            match renewed.unwrap_or(Err(Error::TooSlow)) {
                Ok(value) => self.entries.insert(key, Entry::new(value)).await,
                // What has gone, or may not be asked for any more, is no reason to show it.
                Err(error) if error.is_final() => self.entries.invalidate(&key).await,
                Err(error) => {
                    tracing::warn!(key, "what is cached could not be renewed: {error}");
                    actix_web::rt::time::sleep(RENEWAL_PAUSE).await;
                    old.being_renewed.store(false, Ordering::Relaxed);
                }
            }
        };
        actix_web::rt::spawn(renewal.in_current_span());
    }
}
