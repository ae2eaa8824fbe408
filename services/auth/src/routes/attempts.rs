//! Attempts to log in and to register, recorded before their outcome is known.

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

/// Records an attempt, or refuses it.
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

/// An attempt to log in, under each limit that applies to it.
pub(super) struct LoginAttempt {
    recorded: Vec<Attempt>,
    /// Which of them is that of the account from this subnet.
    of_account: usize,
    subnet: Subnet,
    at: DateTime<Utc>,
}

impl LoginAttempt {
    /// Records it under each limit, or refuses it; an attempt that one limit refuses counts
    /// for none.
    ///
    /// From a subnet that has logged in to the account before, only the limit of the account
    /// from this subnet applies: nobody elsewhere can keep the owner out. From other subnets
    /// the limit of the subnet comes first. Those of the account over networks count subnets
    /// and smaller networks, not attempts, until they are reached: a subnet counts once,
    /// however often it tries, so that one address cannot reach them alone.
    pub(super) async fn record(
        settings: &AuthSettings,
        connection: &Connection,
        (address, username): (IpAddr, &str),
        at: DateTime<Utc>,
    ) -> Result<Self, Error> {
        let subnet = Subnet::of(address);
        // Also where nobody ever succeeds: an attack does not grow the table without bound.
        let (is_known, _) = try_join!(
            is_known_subnet(connection, username, subnet, at - KNOWN_SUBNET_TTL),
            prune_throttle(connection, at - settings.reset_after()),
        )?;
        let mut attempt = Self { recorded: Vec::new(), of_account: 0, subnet, at };
        let recording = attempt.record_each(settings, connection, username, is_known).await;
        match recording {
            Ok(()) => Ok(attempt),
            Err(refused) => {
                attempt.refund(connection, &attempt.recorded).await?;
                Err(refused)
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

    /// It succeeded: the account starts anew from this subnet, which is known from now on, and
    /// the other limits take the attempt back. Expired rows are removed on this occasion.
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

    /// It could not be made, for no fault of the client.
    pub(super) async fn not_made(self, state: &State) {
        let settle = async |connection: &Connection| self.refund(connection, &self.recorded).await;
        log_failure(state.step(settle).await);
    }

    async fn refund(&self, connection: &Connection, attempts: &[Attempt]) -> Result<(), Error> {
        let refunds = attempts.iter().map(|attempt| refund_attempt(connection, attempt));
        try_join_all(refunds).await?;
        Ok(())
    }
}

/// Registering could not be tried, for no fault of the client.
pub(super) async fn not_registered(state: &State, attempt: &Attempt) {
    let settle = async |connection: &Connection| Ok(refund_attempt(connection, attempt).await?);
    log_failure(state.step(settle).await);
}

/// The response stands without it: the attempt stays counted.
fn log_failure(settled: Result<(), Error>) {
    if let Err(error) = settled {
        tracing::warn!("an attempt stays counted: {error}");
    }
}
