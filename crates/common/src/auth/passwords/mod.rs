//! Password hashing with bcrypt, with limited concurrency.

mod django;
mod forms;
mod hash;
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
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(8);

/// The result of verifying a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordCheck {
    /// Wrong password, or the hash is not verifiable.
    Incorrect,
    /// Correct password.
    Correct,
    /// Correct password, but the hash uses an old algorithm, a lower cost or another form of the
    /// password: store a new one.
    NeedsRehash,
}

/// Hashes and verifies passwords on blocking threads.
///
/// The normal form of a password is hashed
/// ([`rules::normalize_password`](super::rules::normalize_password)). Older hashes of its other
/// forms verify too.
///
/// Concurrency and queue are limited; beyond them [`Error::Overloaded`] is returned. Clones share
/// the limit: there is one per process.
#[derive(Clone)]
pub struct Passwords {
    hasher: Arc<Hasher>,
    limit: ConcurrencyLimit,
    /// One permit for each hash that runs or waits: a password that is tried in several forms
    /// takes several.
    queue: Arc<Semaphore>,
    max_admitted: u32,
}

impl Passwords {
    /// An error if the key is short, the cost out of range or `max_concurrent` 0.
    pub fn new(settings: &PasswordSettings) -> Result<Self, SettingsError> {
        let invalid = |reason: String| SettingsError::InvalidValue(format!("passwords.{reason}"));
        if settings.max_concurrent == 0 {
            return Err(invalid("max_concurrent must be at least 1".to_owned()));
        }
        let hasher = Hasher::new(&settings.key()?, settings.cost).map_err(invalid)?;
        let (max_concurrent, max_queued) = (settings.max_concurrent, settings.max_queued);
        let limit = ConcurrencyLimit::new("passwords", max_concurrent, max_queued, ACQUIRE_TIMEOUT);
        let max_admitted = max_concurrent.saturating_add(max_queued).min(Semaphore::MAX_PERMITS);
        let queue = Arc::new(Semaphore::new(max_admitted));
        let max_admitted = u32::try_from(max_admitted).unwrap_or(u32::MAX);
        Ok(Self { hasher: Arc::new(hasher), limit, queue, max_admitted })
    }

    /// The hash of a password's normal form, to be stored.
    pub async fn hash(&self, password: &str) -> Result<String, Error> {
        self.run(password, 1, Hasher::hash).await?.map_err(Error::internal)
    }

    /// Verifies a password in all its forms. A wrong password takes as long as an unknown user
    /// ([`Passwords::verify_dummy_password`]): the time depends on the password only.
    pub async fn verify(&self, password: &str, stored: &str) -> Result<PasswordCheck, Error> {
        let stored = stored.to_owned();
        let forms = Forms::of(password).count();
        self.run(password, forms, move |hasher, password| hasher.verify(password, &stored)).await
    }

    /// Takes as long as verifying a wrong password: for unknown users.
    pub async fn verify_dummy_password(&self, password: &str) -> Result<(), Error> {
        self.run(password, Forms::of(password).count(), Hasher::verify_dummy_password).await
    }

    async fn run<T: Send + 'static>(
        &self,
        password: &str,
        forms: u32,
        work: impl FnOnce(&Hasher, &str) -> T + Send + 'static,
    ) -> Result<T, Error> {
        let password = SecretString::from(password);
        let hasher = self.hasher.clone();
        let permits = self.queue.clone().try_acquire_many_owned(forms.min(self.max_admitted));
        let permits = permits.map_err(|_| Error::Overloaded("passwords"))?;
        let permit = self.limit.acquire().await?;
        let hashing = spawn_blocking(move || {
            // Held until hashing ends, also if the request is cancelled.
            let _permits = (permit, permits);
            work(&hasher, password.expose_secret())
        });
        hashing.await.map_err(Error::internal)
    }
}
