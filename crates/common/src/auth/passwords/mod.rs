//! Passwords: hashed with bcrypt, not many at once.

mod hash;
mod old;
#[cfg(test)]
mod tests;

use crate::{
    Error,
    concurrency_limit::ConcurrencyLimit,
    settings::{PasswordSettings, SettingsError},
};
use hash::Hasher;
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;
use tokio::task::spawn_blocking;

/// What is known of a password and a stored hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is another password, or the hash is none that could be checked.
    Wrong,
    /// It is this password.
    Right,
    /// It is this password, but the hash is old or weak: store a new one.
    RightButOld,
}

/// Hashes and verifies passwords, off the threads that answer requests.
///
/// A process hashes few at once, and lets few more wait; whoever comes then is told that the
/// service is unavailable. Cloning shares the places, so there is one of these in a process.
#[derive(Clone)]
pub struct Passwords {
    hasher: Arc<Hasher>,
    limit: ConcurrencyLimit,
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
        let limit = ConcurrencyLimit::new("passwords", settings.at_once, settings.waiting);
        Ok(Self { hasher: Arc::new(hasher), limit })
    }

    /// The hash of a password, to be stored.
    pub async fn hash(&self, password: &str) -> Result<String, Error> {
        self.run(password, Hasher::hash).await?.map_err(Error::internal)
    }

    /// Whether `stored` is a hash of this password. A wrong one takes as long as an unknown
    /// user ([`Passwords::verify_nobody`]).
    pub async fn verify(&self, password: &str, stored: &str) -> Result<Verdict, Error> {
        let stored = stored.to_owned();
        self.run(password, move |hasher, password| hasher.verify(password, &stored)).await
    }

    /// Does the work of verifying a wrong password: for a user who does not exist.
    pub async fn verify_nobody(&self, password: &str) -> Result<(), Error> {
        self.run(password, Hasher::verify_nobody).await
    }

    async fn run<T: Send + 'static>(
        &self,
        password: &str,
        work: impl FnOnce(&Hasher, &str) -> T + Send + 'static,
    ) -> Result<T, Error> {
        let password = SecretString::from(password);
        let hasher = self.hasher.clone();
        let permit = self.limit.acquire().await?;
        let working = spawn_blocking(move || {
            // Kept until the work ends, also when nobody waits for it any more.
            let _permit = permit;
            work(&hasher, password.expose_secret())
        });
        working.await.map_err(Error::internal)
    }
}
