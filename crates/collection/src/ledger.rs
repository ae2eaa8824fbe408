//! The quota ledger in PostgreSQL, which all replicas and commands share.

use crate::{clock::Clock, queries::quota};
use common::db::Pool;
use futures_util::future::BoxFuture;
use youtube::{Bucket, Cost, Exhausted, Ledger, Limits, PacificDay, ReserveError, next_reset};

/// Reserves units of the current day in Los Angeles. Reserved units are never returned: YouTube
/// counts failed requests too.
pub struct QuotaLedger {
    pool: Pool,
    limits: Limits,
    clock: Clock,
}

impl QuotaLedger {
    /// A ledger with the daily limits of the project.
    pub const fn new(pool: Pool, limits: Limits, clock: Clock) -> Self {
        Self { pool, limits, clock }
    }

    /// Reserves for the day on which the request is sent: a statement can wait for a connection or
    /// a lock until after the reset, and units of the day before do not count for the new day.
    async fn try_reserve(&self, cost: Cost) -> Result<(), ReserveError> {
        let limit = self.limits.of(cost.bucket);
        let connection = self.pool.get().await.map_err(unavailable)?;
        loop {
            let day = PacificDay::of(self.clock.now());
            let reserved = quota::reserve(&connection, day, cost, limit)
                .await
                .map_err(|error| unavailable(error.into()))?;
            let now = self.clock.now();
            if PacificDay::of(now) != day {
                continue;
            }
            return if reserved {
                Ok(())
            } else {
                Err(Exhausted { bucket: cost.bucket, limit, reset: next_reset(now) }.into())
            };
        }
    }

    async fn mark_exhausted(&self, bucket: Bucket) -> Result<(), ReserveError> {
        let (day, limit) = (PacificDay::of(self.clock.now()), self.limits.of(bucket));
        let mark = async {
            let connection = self.pool.get().await?;
            Ok(quota::mark_exhausted(&connection, day, bucket, limit).await?)
        };
        mark.await.map_err(unavailable)
    }
}

fn unavailable(error: common::Error) -> ReserveError {
    ReserveError::Unavailable(Box::new(error))
}

impl Ledger for QuotaLedger {
    fn reserve(&self, cost: Cost) -> BoxFuture<'_, Result<(), ReserveError>> {
        Box::pin(self.try_reserve(cost))
    }

    fn exhaust(&self, bucket: Bucket) -> BoxFuture<'_, Result<(), ReserveError>> {
        Box::pin(self.mark_exhausted(bucket))
    }
}
