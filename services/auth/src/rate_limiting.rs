//! Login and registration attempts, recorded before their outcome is known.

use crate::{
    State,
    domain::{ClientAddress, KNOWN_ADDRESS_TTL, RateLimit, RateLimitKey},
    queries::{
        attempts::{
            Attempt, AttemptResult, CountingMode, prune_attempts, record_attempt, refund_attempt,
            reset_attempts,
        },
        known_addresses::{is_known_address, prune_known_addresses, upsert_known_address},
        sessions::prune_sessions,
    },
    settings::AuthSettings,
};
use chrono::{DateTime, Utc};
use common::{Error, db::Connection};
use futures_util::{TryFutureExt, future::try_join_all};
use std::net::IpAddr;
use tokio::try_join;

/// Records an attempt; 429 if its key is blocked.
pub(crate) async fn record_or_reject(
    connection: &Connection,
    key: RateLimitKey,
    limit: &RateLimit,
    counting: CountingMode,
    now: DateTime<Utc>,
) -> Result<Attempt, Error> {
    match record_attempt(connection, key, limit, counting, now).await? {
        AttemptResult::Allowed(attempt) => Ok(attempt),
        AttemptResult::Blocked(retry_after) => Err(Error::TooManyRequests { retry_after }),
    }
}

/// A login attempt, recorded for each rate limit that applies to it.
pub(crate) struct LoginAttempt {
    recorded: Vec<Attempt>,
    /// Index of the attempt of the account from this address.
    account_attempt: usize,
    client: ClientAddress,
    at: DateTime<Utc>,
}

impl LoginAttempt {
    /// Records the attempt for each limit; an attempt that one limit rejects counts for none.
    ///
    /// From an address that has logged in to the account before, only the limit of the account from
    /// this address applies, so that attackers cannot lock out the owner. From other addresses the
    /// limit of the address applies first. The limits of the account over networks count addresses
    /// and smaller networks, not attempts, until they are reached, so that one address alone
    /// cannot reach them.
    pub(crate) async fn record(
        settings: &AuthSettings,
        connection: &Connection,
        (address, username): (IpAddr, &str),
        at: DateTime<Utc>,
    ) -> Result<Self, Error> {
        let client = ClientAddress::of(address);
        // Pruned on every attempt, so that failed attempts do not grow the table without bound.
        let (is_known, _) = try_join!(
            is_known_address(connection, username, client, at - KNOWN_ADDRESS_TTL),
            prune_attempts(connection, at - settings.reset_after()),
        )?;
        let mut attempt = Self { recorded: Vec::new(), account_attempt: 0, client, at };
        let recording = attempt.record_each(settings, connection, username, is_known).await;
        match recording {
            Ok(()) => Ok(attempt),
            Err(rejection) => {
                attempt.refund(connection, &attempt.recorded).await?;
                Err(rejection)
            }
        }
    }

    async fn record_each(
        &mut self,
        settings: &AuthSettings,
        connection: &Connection,
        username: &str,
        is_known: bool,
    ) -> Result<(), Error> {
        let (client, at) = (self.client, self.at);
        if !is_known {
            let (key, limit) = (RateLimitKey::address(client), &settings.address);
            self.recorded
                .push(record_or_reject(connection, key, limit, CountingMode::Always, at).await?);
        }
        let (key, limit) =
            (RateLimitKey::account_address(username, client), &settings.account_address);
        let account_attempt =
            record_or_reject(connection, key, limit, CountingMode::Always, at).await?;
        let mut is_new = account_attempt.is_first;
        self.account_attempt = self.recorded.len();
        self.recorded.push(account_attempt);
        if !is_known {
            let networks = RateLimitKey::account_networks(username, client);
            let networks = networks.map(|key| (key, &settings.account_network));
            let account = (RateLimitKey::account(username), &settings.account);
            for (key, limit) in networks.into_iter().chain([account]) {
                let counting =
                    if is_new { CountingMode::Always } else { CountingMode::BeyondLimit };
                let attempt = record_or_reject(connection, key, limit, counting, at).await?;
                is_new = attempt.is_first;
                self.recorded.push(attempt);
            }
        }
        Ok(())
    }

    /// Completes a successful attempt: resets the limit of the account from this address, records
    /// the address, refunds the attempt to the other limits, and prunes expired rows.
    pub(crate) async fn complete(self, state: &State, user_id: i32) {
        let update = async |connection: &Connection| {
            let (before, rest) = self.recorded.split_at(self.account_attempt);
            let Some((account_attempt, after)) = rest.split_first() else { return Ok(()) };
            try_join!(
                reset_attempts(connection, account_attempt).err_into(),
                self.refund(connection, before),
                self.refund(connection, after),
                upsert_known_address(connection, user_id, self.client, self.at).err_into(),
                prune_sessions(connection, self.at).err_into(),
                prune_known_addresses(connection, self.at - KNOWN_ADDRESS_TTL).err_into(),
            )?;
            Ok(())
        };
        log_error(state.with_connection(update).await);
    }

    /// Refunds an attempt that failed for an internal reason.
    pub(crate) async fn cancel(self, state: &State) {
        let update = async |connection: &Connection| self.refund(connection, &self.recorded).await;
        log_error(state.with_connection(update).await);
    }

    async fn refund(&self, connection: &Connection, attempts: &[Attempt]) -> Result<(), Error> {
        let refunds = attempts.iter().map(|attempt| refund_attempt(connection, attempt));
        try_join_all(refunds).await?;
        Ok(())
    }
}

/// Resets the limit after a successful attempt.
pub(crate) async fn reset(state: &State, attempt: &Attempt) {
    let update = async |connection: &Connection| Ok(reset_attempts(connection, attempt).await?);
    log_error(state.with_connection(update).await.map(drop));
}

/// Refunds an attempt that failed for an internal reason.
pub(crate) async fn refund(state: &State, attempt: &Attempt) {
    let update = async |connection: &Connection| Ok(refund_attempt(connection, attempt).await?);
    log_error(state.with_connection(update).await);
}

/// After an error the attempt stays recorded; the response does not depend on it.
fn log_error(result: Result<(), Error>) {
    if let Err(error) = result {
        tracing::warn!("cannot update the recorded attempts: {error}");
    }
}
