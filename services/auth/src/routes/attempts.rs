//! Login and registration attempts, recorded before their outcome is known.

use crate::{
    State,
    domain::{KNOWN_SUBNET_TTL, Key, Rule, Subnet},
    queries::{
        known_subnets::{is_known_subnet, prune_known_subnets, remember_subnet},
        sessions::prune_sessions,
        throttle::{
            Attempt, Counting, Recorded, prune_throttle, record_attempt, refund_attempt,
            reset_attempts,
        },
    },
    settings::AuthSettings,
};
use chrono::{DateTime, Utc};
use common::{Error, db::Connection};
use futures_util::{TryFutureExt, future::try_join_all};
use std::net::IpAddr;
use tokio::try_join;

/// Records an attempt; 429 if its key is blocked.
pub(super) async fn record(
    connection: &Connection,
    key: Key,
    rule: &Rule,
    counting: Counting,
    now: DateTime<Utc>,
) -> Result<Attempt, Error> {
    match record_attempt(connection, key, rule, counting, now).await? {
        Recorded::Allowed(attempt) => Ok(attempt),
        Recorded::Refused(retry_after) => Err(Error::TooManyRequests { retry_after }),
    }
}

/// A login attempt, recorded for each rate limit that applies to it.
pub(super) struct LoginAttempt {
    recorded: Vec<Attempt>,
    /// Index of the attempt of the account from this subnet.
    of_account: usize,
    subnet: Subnet,
    at: DateTime<Utc>,
}

impl LoginAttempt {
    /// Records the attempt for each limit; an attempt that one limit rejects counts for none.
    ///
    /// From a subnet that has logged in to the account before, only the limit of the account from
    /// this subnet applies, so that attackers cannot lock out the owner. From other subnets the
    /// limit of the subnet applies first. The limits of the account over networks count subnets
    /// and smaller networks, not attempts, until they are reached, so that one address alone
    /// cannot reach them.
    pub(super) async fn record(
        settings: &AuthSettings,
        connection: &Connection,
        (address, username): (IpAddr, &str),
        at: DateTime<Utc>,
    ) -> Result<Self, Error> {
        let subnet = Subnet::of(address);
        // Pruned on every attempt, so that failed attempts do not grow the table without bound.
        let (is_known, _) = try_join!(
            is_known_subnet(connection, username, subnet, at - KNOWN_SUBNET_TTL),
            prune_throttle(connection, at - settings.reset_after()),
        )?;
        let mut attempt = Self { recorded: Vec::new(), of_account: 0, subnet, at };
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
        let (subnet, at) = (self.subnet, self.at);
        if !is_known {
            let (key, rule) = (Key::subnet(subnet), &settings.address);
            self.recorded.push(record(connection, key, rule, Counting::Always, at).await?);
        }
        let (key, rule) = (Key::account_subnet(username, subnet), &settings.account_subnet);
        let of_account = record(connection, key, rule, Counting::Always, at).await?;
        let mut is_new = of_account.is_first;
        self.of_account = self.recorded.len();
        self.recorded.push(of_account);
        if !is_known {
            let networks = Key::account_networks(username, subnet);
            let networks = networks.map(|key| (key, &settings.account_network));
            let account = (Key::account(username), &settings.account);
            for (key, rule) in networks.into_iter().chain([account]) {
                let counting = if is_new { Counting::Always } else { Counting::BeyondLimit };
                let attempt = record(connection, key, rule, counting, at).await?;
                is_new = attempt.is_first;
                self.recorded.push(attempt);
            }
        }
        Ok(())
    }

    /// Settles a successful attempt: resets the limit of the account from this subnet, remembers
    /// the subnet, refunds the attempt to the other limits, and prunes expired rows.
    pub(super) async fn succeeded(self, state: &State, user_id: i32) {
        let settle = async |connection: &Connection| {
            let (before, rest) = self.recorded.split_at(self.of_account);
            let Some((of_account, after)) = rest.split_first() else { return Ok(()) };
            try_join!(
                reset_attempts(connection, of_account).err_into(),
                self.refund(connection, before),
                self.refund(connection, after),
                remember_subnet(connection, user_id, self.subnet, self.at).err_into(),
                prune_sessions(connection, self.at).err_into(),
                prune_known_subnets(connection, self.at - KNOWN_SUBNET_TTL).err_into(),
            )?;
            Ok(())
        };
        log_failure(state.step(settle).await);
    }

    /// Refunds an attempt that failed for an internal reason.
    pub(super) async fn aborted(self, state: &State) {
        let settle = async |connection: &Connection| self.refund(connection, &self.recorded).await;
        log_failure(state.step(settle).await);
    }

    async fn refund(&self, connection: &Connection, attempts: &[Attempt]) -> Result<(), Error> {
        let refunds = attempts.iter().map(|attempt| refund_attempt(connection, attempt));
        try_join_all(refunds).await?;
        Ok(())
    }
}

/// Resets the limit of an attempt that succeeded.
pub(super) async fn reset(state: &State, attempt: &Attempt) {
    let settle = async |connection: &Connection| Ok(reset_attempts(connection, attempt).await?);
    log_failure(state.step(settle).await.map(drop));
}

/// Refunds an attempt that failed for an internal reason.
pub(super) async fn refund(state: &State, attempt: &Attempt) {
    let settle = async |connection: &Connection| Ok(refund_attempt(connection, attempt).await?);
    log_failure(state.step(settle).await);
}

/// An attempt that is not settled stays recorded; the response does not depend on it.
fn log_failure(settled: Result<(), Error>) {
    if let Err(error) = settled {
        tracing::warn!("cannot settle an attempt: {error}");
    }
}
