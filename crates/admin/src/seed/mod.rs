//! `createtrend seed`: demo data, synthetic and Korean, the same each time, shaped like
//! real data so that every page of a client has something to show.
//!
//! Everything follows from the number of a video or channel and from the demo's present,
//! which is the full hour of the first seeding. Seeding again adds what is missing; on a
//! later day it first moves all times forward by whole days. Stopped halfway, it is
//! completed by seeding again, to the same rows.

mod batch;
mod channel;
mod dice;
mod growth;
mod identity;
mod rhythm;
mod store;
mod video;
mod words;

use crate::{
    load::{LoadError, Loaded, Session, load},
    progress::{Progress, Unit},
};
use batch::{Depth, make_batch};
use chrono::{DateTime, Utc};
use common::settings::PostgresSettings;
use std::fmt;
use words::Words;

/// How many videos a demo has unless told otherwise.
pub const DEFAULT_SCALE: u32 = 3_000;

/// Videos of a transaction.
const CHUNK: u32 = 5_000;

/// Why demo data cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The database holds videos that are not of the demo.
    #[error(
        "the database holds videos that are not demo data: the two must not be mixed. Seed \
         an empty database instead, or delete the other videos first"
    )]
    OtherVideos,
    /// The words that come with this command cannot be read.
    #[error("the demo's words: {0}")]
    Words(#[from] serde_json::Error),
    /// PostgreSQL.
    #[error(transparent)]
    Load(#[from] LoadError),
}

impl From<tokio_postgres::Error> for SeedError {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Load(error.into())
    }
}

/// What seeding did. Displayed, it is the report for the operator.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SeedSummary {
    /// Videos that were asked for.
    pub scale: u32,
    /// What was missing, and is stored now.
    pub added: Loaded,
    /// Days by which the times of what was stored before were moved.
    pub moved_days: i64,
}

impl fmt::Display for SeedSummary {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Loaded { channels, videos, keywords, .. } = self.added;
        write!(to, "demo data of {} videos: ", self.scale)?;
        write!(to, "{videos} videos, {channels} channels and {keywords} keywords added")?;
        if self.moved_days > 0 {
            write!(to, ", times moved forward by {} days", self.moved_days)?;
        }
        Ok(())
    }
}

/// Makes demo data of `scale` videos, as of `now`, telling `progress` how far it has come.
pub async fn seed(
    scale: u32,
    settings: &PostgresSettings,
    now: DateTime<Utc>,
    progress: &Progress,
) -> Result<SeedSummary, SeedError> {
    let words = Words::read()?;
    let mut session = Session::open(settings, progress).await?;
    store::refuse_other_videos(&session).await?;
    let mut summary = SeedSummary { scale, ..SeedSummary::default() };
    if let Some(present) = store::stored_present(&session).await? {
        summary.moved_days = store::move_to(&mut session, present, now).await?;
    }
    let stored = store::stored_present(&session).await?;
    let present = stored.unwrap_or_else(|| store::new_present(now));
    let mut task = progress.start("making demo videos", Unit::Rows, u64::from(scale));
    let mut start = 0;
    while start < scale {
        let end = scale.min(start.saturating_add(CHUNK));
        let videos = store::missing(&*session, start..end).await?;
        if !videos.is_empty() {
            let batch = make_batch(&videos, &words, present, Depth::of(scale));
            let transaction = session.transaction().await?;
            summary.added += load(&transaction, &batch).await?;
            transaction.commit().await?;
        }
        start = end;
        task.reach(u64::from(start));
    }
    task.finish();
    session.analyze().await?;
    Ok(summary)
}
