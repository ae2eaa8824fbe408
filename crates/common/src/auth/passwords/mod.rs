//! Passwords: hashed with bcrypt, not many at once.

mod forms;
mod hash;
mod old;
#[cfg(test)]
mod tests;

use crate::{
    Error,
    concurrency_limit::ConcurrencyLimit,
    settings::{PasswordSettings, SettingsError},
};
use forms::Forms;
use hash::Hasher;
use secrecy::{ExposeSecret, SecretString};
use std::{sync::Arc, time::Duration};
use tokio::{sync::Semaphore, task::spawn_blocking};

/// How long a hash may wait for a permit. The deadline of a login is longer.
const MAX_QUEUE_TIME: Duration = Duration::from_secs(8);

/// What is known of a password and a stored hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is another password, or the hash is none that could be checked.
    Wrong,
    /// It is this password.
    Right,
    /// It is this password, but the hash is old or weak, or of another form of the text:
    /// store a new one.
    RightButOld,
}

/// Hashes and verifies passwords, off the threads that answer requests.
///
/// What is hashed is the normal form of a password
/// ([`rules::normal_password`](super::rules::normal_password)). Older hashes of its other
/// forms verify too.
///
/// A process hashes few at once, and lets few more wait; whoever comes then is told that the
/// service is unavailable. Cloning shares the places, so there is one of these in a process.
#[derive(Clone)]
pub struct Passwords {
    hasher: Arc<Hasher>,
    limit: ConcurrencyLimit,
    /// One permit for each hash that runs or waits: a password that is tried in several forms
    /// takes several.
    queue: Arc<Semaphore>,
    max_queued: u32,
}

impl Passwords {
    /// Hashing as the settings have it. Refused are a short key, a cost out of range, and no
    /// place to hash.
    pub fn new(settings: &PasswordSettings) -> Result<Self, SettingsError> {
        let unusable = |reason: String| SettingsError::Unusable(format!("passwords.{reason}"));
        if settings.at_once == 0 {
            return Err(unusable("at_once is 0: nothing could be hashed".to_owned()));
        }
        let hasher = Hasher::new(&settings.key()?, settings.cost).map_err(unusable)?;
        let (max_concurrent, max_queued) = (settings.at_once, settings.waiting);
        let limit = ConcurrencyLimit::new("passwords", max_concurrent, max_queued, MAX_QUEUE_TIME);
        let max_queued = settings.at_once.saturating_add(settings.waiting);
        let max_queued = max_queued.min(Semaphore::MAX_PERMITS);
        let queue = Arc::new(Semaphore::new(max_queued));
        let max_queued = u32::try_from(max_queued).unwrap_or(u32::MAX);
        Ok(Self { hasher: Arc::new(hasher), limit, queue, max_queued })
    }

    /// The hash of a password's normal form, to be stored.
    pub async fn hash(&self, password: &str) -> Result<String, Error> {
        self.run(password, 1, Hasher::hash).await?.map_err(Error::internal)
    }

    /// Whether `stored` is a hash of this password, in one of its forms. A wrong one takes as
    /// long as an unknown user ([`Passwords::verify_nobody`]): how long depends on the text
    /// alone.
    pub async fn verify(&self, password: &str, stored: &str) -> Result<Verdict, Error> {
        let stored = stored.to_owned();
        let forms = Forms::of(password).count();
        self.run(password, forms, move |hasher, password| hasher.verify(password, &stored)).await
    }

    /// Does the work of verifying a wrong password: for a user who does not exist.
    pub async fn verify_nobody(&self, password: &str) -> Result<(), Error> {
        self.run(password, Forms::of(password).count(), Hasher::verify_nobody).await
    }

    async fn run<T: Send + 'static>(
        &self,
        password: &str,
        forms: u32,
        work: impl FnOnce(&Hasher, &str) -> T + Send + 'static,
    ) -> Result<T, Error> {
        let password = SecretString::from(password);
        let hasher = self.hasher.clone();
        let permits = self.queue.clone().try_acquire_many_owned(forms.min(self.max_queued));
        let permits = permits.map_err(|_| Error::Busy("passwords"))?;
        let permit = self.limit.acquire().await?;
        let working = spawn_blocking(move || {
            // Kept until the work ends, also when the request is gone.
            let _kept = (permit, permits);
            work(&hasher, password.expose_secret())
        });
        working.await.map_err(Error::internal)
    }
}
