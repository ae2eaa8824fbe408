//! Tries, counted before it is known how they end.

use crate::{
    State,
    domain::{Key, Rule},
    queries::{
        sessions::prune_sessions,
        throttle::{Attempt, Counted, count_try, forget, give_back, prune_tries},
    },
    settings::AuthSettings,
};
use chrono::{DateTime, Utc};
use common::{Error, db::Connection};
use std::net::IpAddr;
use tokio::try_join;

/// Counts a try, or refuses it.
pub(super) async fn attempt(
    connection: &Connection,
    key: Key,
    rule: &Rule,
    now: DateTime<Utc>,
) -> Result<Attempt, Error> {
    match count_try(connection, key, rule, now).await? {
        Counted::Allowed(attempt) => Ok(attempt),
        Counted::Refused(retry_after) => Err(Error::TooManyRequests { retry_after }),
    }
}

/// A try to log in, counted by address and by account.
pub(super) struct LoginAttempt {
    address: Attempt,
    account: Attempt,
    at: DateTime<Utc>,
}

impl LoginAttempt {
    /// Counts it, or refuses it; what is refused by one of the two counts by neither.
    ///
    /// The address comes first: who must wait there cannot make the account's owner wait.
    pub(super) async fn count(
        settings: &AuthSettings,
        connection: &Connection,
        (address, username): (IpAddr, &str),
        at: DateTime<Utc>,
    ) -> Result<Self, Error> {
        let address = attempt(connection, Key::address(address), &settings.address, at).await?;
        match attempt(connection, Key::account(username), &settings.account, at).await {
            Ok(account) => Ok(Self { address, account, at }),
            Err(refused) => {
                give_back(connection, &address).await?;
                Err(refused)
            }
        }
    }

    /// It has succeeded: the account starts anew, and the address has one try more. What has
    /// expired is cleared away on this occasion.
    pub(super) async fn succeeded(self, state: &State) {
        let settle = async |connection: &Connection| {
            try_join!(
                forget(connection, &self.account),
                give_back(connection, &self.address),
                prune_sessions(connection, self.at),
                prune_tries(connection, self.at - state.settings.forget()),
            )?;
            Ok(())
        };
        log_failure(state.step(settle).await);
    }

    /// It could not be made, for no fault of whoever tried.
    pub(super) async fn not_made(self, state: &State) {
        let settle = async |connection: &Connection| {
            try_join!(give_back(connection, &self.account), give_back(connection, &self.address))?;
            Ok(())
        };
        log_failure(state.step(settle).await);
    }
}

/// Registering could not be tried, for no fault of whoever tried.
pub(super) async fn not_registered(state: &State, attempt: &Attempt) {
    let settle = async |connection: &Connection| {
        give_back(connection, attempt).await?;
        Ok(())
    };
    log_failure(state.step(settle).await);
}

/// The answer stands without it: the next try only has to wait.
fn log_failure(settled: Result<(), Error>) {
    if let Err(error) = settled {
        tracing::warn!("a try stays counted: {error}");
    }
}
