//! `createtrend seed`: deterministic, synthetic Korean demo data with the distributions of real
//! data.
//!
//! Everything is computed from the number of a video or channel and the demo's reference time,
//! the full hour of the first seeding. Seeding again adds missing rows; on a later day it first
//! shifts all times forward by whole days. An interrupted seed is completed by seeding again.

mod channel;
mod demo;
mod growth;
mod ids;
mod rng;
mod schedule;
mod store;
mod video;

use crate::{
    data_source::{self, DataSource},
    load::{Bulk, LoadCounts, LoadError, Session, StoredIds, load},
    progress::{Progress, Task, Unit},
    rollup::refresh_loaded,
};
use chrono::{DateTime, Utc};
use common::settings::PostgresSettings;
use demo::Demo;
use futures_util::{FutureExt, future::BoxFuture};
use std::fmt;

/// The default number of videos.
pub const DEFAULT_SCALE: u32 = 3_000;

/// The minimum number of videos for a bulk load.
const BULK_SCALE: u32 = 100_000;

/// Seeding failed.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The database contains other videos.
    #[error(
        "the database contains videos that are not demo data. Seed an empty database, or delete \
         the other videos first"
    )]
    OtherVideos,
    /// A collector collects from YouTube into the database.
    #[error(
        "a collector collects from YouTube into the database, and demo data must not be mixed with \
         real data. Seed another database"
    )]
    RealCollection,
    /// The embedded words cannot be parsed.
    #[error("cannot parse words.json: {0}")]
    Words(#[from] serde_json::Error),
    /// PostgreSQL is unreachable, locked or not migrated.
    #[error(transparent)]
    Load(#[from] LoadError),
}

impl From<tokio_postgres::Error> for SeedError {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Load(error.into())
    }
}

/// The result of seeding. Its `Display` is the report for the operator.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SeedSummary {
    /// The requested number of videos.
    pub scale: u32,
    /// Rows that were inserted.
    pub added: LoadCounts,
    /// The shift of existing times, in days.
    pub shifted_days: i64,
}

impl fmt::Display for SeedSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let LoadCounts { channels, videos, keywords, .. } = self.added;
        write!(f, "demo data of {} videos: ", self.scale)?;
        write!(f, "{videos} videos, {channels} channels and {keywords} keywords added")?;
        if self.shifted_days > 0 {
            write!(f, ", times shifted forward by {} days", self.shifted_days)?;
        }
        Ok(())
    }
}

/// Generates demo data of `scale` videos, as of `now`.
///
/// A database with other videos is rejected. A demo to which other videos were added later is left
/// unchanged.
pub fn seed<'a>(
    scale: u32,
    settings: &'a PostgresSettings,
    now: DateTime<Utc>,
    progress: &'a dyn Progress,
) -> BoxFuture<'a, Result<SeedSummary, SeedError>> {
    async move {
        let mut session = Session::connect_locked(settings, progress).await?;
        let reference = store::stored_reference_time(&session).await?;
        if reference.is_none() && data_source::is_real_collection(&*session).await? {
            return Err(SeedError::RealCollection);
        }
        if store::has_other_videos(&session).await? {
            if reference.is_none() {
                return Err(SeedError::OtherVideos);
            }
            progress.message("the database contains other videos: the demo is left unchanged");
            return Ok(SeedSummary { scale, ..SeedSummary::default() });
        }
        let shifted_days = match reference {
            Some(reference) => store::shift_to(&mut session, reference, now).await?,
            None => 0,
        };
        let stored = store::stored_reference_time(&session).await?;
        let demo = Demo::new(scale, stored.unwrap_or_else(|| store::new_reference_time(now)))?;
        let task = progress.start("generating demo videos", Unit::Rows, u64::from(scale));
        let added =
            if scale >= BULK_SCALE && session.has_at_most_videos(DEFAULT_SCALE.into()).await? {
                add_in_bulk(&mut session, &demo, task, progress).await?
            } else {
                add_in_batches(&mut session, &demo, task).await?
            };
        data_source::record(&*session, DataSource::Demo, Some(demo.reference_time())).await?;
        session.analyze().await?;
        // Releases the lock on loading.
        drop(session);
        refresh_loaded(settings, now, progress).await?;
        Ok(SeedSummary { scale, added, shifted_days })
    }
    .boxed()
}

/// Whether the database contains demo data.
pub(crate) async fn is_seeded(session: &Session) -> Result<bool, LoadError> {
    Ok(store::stored_reference_time(session).await?.is_some())
}

/// Adds the missing rows in bulk.
async fn add_in_bulk(
    session: &mut Session,
    demo: &Demo,
    mut task: Box<dyn Task>,
    progress: &dyn Progress,
) -> Result<LoadCounts, SeedError> {
    let mut bulk = Bulk::begin(session).await?;
    let mut added = LoadCounts::default();
    for chunk in demo.chunks() {
        let videos = store::find_missing(bulk.transaction(), chunk.clone()).await?;
        added += bulk.append(demo.batch(&videos), &StoredIds::new()).await?.0;
        task.advance(chunk.len() as u64);
    }
    task.finish();
    bulk.finish(progress).await?;
    Ok(added)
}

/// Adds the missing rows in batches.
async fn add_in_batches(
    session: &mut Session,
    demo: &Demo,
    mut task: Box<dyn Task>,
) -> Result<LoadCounts, SeedError> {
    let mut added = LoadCounts::default();
    for chunk in demo.chunks() {
        let videos = store::find_missing(&**session, chunk.clone()).await?;
        if !videos.is_empty() {
            let transaction = session.transaction().await?;
            added += load(&transaction, &demo.batch(&videos)).await?;
            transaction.commit().await?;
        }
        task.advance(chunk.len() as u64);
    }
    task.finish();
    Ok(added)
}
