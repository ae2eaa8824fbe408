//! The cache of finished answers.
//!
//! An answer is made once for all who ask for it at the same time. When it is no longer
//! fresh it is still given while one request renews it, and while what it is made from
//! is down; then it says so (`Warning`).

use crate::{
    Error,
    http::{Answer, Freshness},
    settings::CacheSettings,
};
use moka::future::Cache;
use serde::Serialize;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

/// After a renewal that failed, how long the old answer is given before the next try:
/// readers must not hammer on what is down.
const RENEWAL_PAUSE: Duration = Duration::from_secs(1);

/// What an entry weighs beside its key and its bytes, in bytes: about.
const ENTRY_OVERHEAD: usize = 256;

/// Answers by their key. Cloning shares them.
#[derive(Clone)]
pub struct AnswerCache {
    entries: Cache<String, Arc<Entry>>,
    fresh: Duration,
}

struct Entry {
    answer: Answer,
    made: Instant,
    being_renewed: AtomicBool,
}

impl Entry {
    fn new(answer: Answer) -> Arc<Self> {
        Arc::new(Self { answer, made: Instant::now(), being_renewed: AtomicBool::new(false) })
    }
}

impl AnswerCache {
    /// An empty cache.
    pub fn new(settings: &CacheSettings) -> Self {
        let fresh = settings.fresh_ms.duration();
        let entries = Cache::builder()
            .max_capacity(settings.max_bytes)
            .weigher(|key: &String, entry: &Arc<Entry>| {
                u32::try_from(key.len() + entry.answer.len() + ENTRY_OVERHEAD).unwrap_or(u32::MAX)
            })
            .time_to_live(fresh + settings.stale_ms.duration())
            .build();
        Self { entries, fresh }
    }

    /// The answer of `key`, made by `make` where there is none.
    pub async fn get<V, M, F>(&self, key: String, make: M) -> Result<Answer, Error>
    where
        V: Serialize,
        M: FnOnce() -> F + 'static,
        F: Future<Output = Result<V, Error>> + 'static,
    {
        if self.fresh.is_zero() {
            return self.encode(&make().await?);
        }
        let Some(entry) = self.entries.get(&key).await else {
            let making = async { Ok(Entry::new(self.encode(&make().await?)?)) };
            let entry = self.entries.try_get_with(key, making).await;
            return match entry {
                // Just made, however long it took to come here.
                Ok(entry) => Ok(entry.answer.clone()),
                Err(error) => Err(Error::clone(&error)),
            };
        };
        let age = entry.made.elapsed();
        if age >= self.fresh && !entry.being_renewed.swap(true, Ordering::Relaxed) {
            self.clone().renew(key, entry.clone(), make);
        }
        Ok(self.aged(&entry))
    }

    /// Makes the answer again, beside the requests that get the old one meanwhile.
    fn renew<V, M, F>(self, key: String, old: Arc<Entry>, make: M)
    where
        V: Serialize,
        M: FnOnce() -> F + 'static,
        F: Future<Output = Result<V, Error>> + 'static,
    {
        actix_web::rt::spawn(async move {
            match make().await.and_then(|view| self.encode(&view)) {
                Ok(answer) => self.entries.insert(key, Entry::new(answer)).await,
                Err(error) => {
                    tracing::warn!(key, "an answer could not be renewed: {error}");
                    actix_web::rt::time::sleep(RENEWAL_PAUSE).await;
                    old.being_renewed.store(false, Ordering::Relaxed);
                }
            }
        });
    }

    fn encode(&self, view: &impl Serialize) -> Result<Answer, Error> {
        Answer::json(view, Freshness::new(self.fresh))
            .map_err(|error| Error::Internal(Arc::new(error)))
    }

    fn aged(&self, entry: &Entry) -> Answer {
        let age = entry.made.elapsed();
        entry.answer.at(Freshness { max_age: self.fresh, age, stale: age >= self.fresh })
    }
}
