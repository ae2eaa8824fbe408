//! Import of observations: files of the "YouTube Trending Video Dataset", with one row per
//! video and day, and batches of a collector ([`Writer`]).
//!
//! - Stored rows are kept: the first observation of a video sets its title and description, and
//!   the first of a day the counts of that day. Importing is idempotent, and an interrupted
//!   import is completed by running it again, with the same rows and ids.
//! - An invalid row is reported with its file, line and reason, and skipped.
//! - Files are read in bounded memory: [`ImportOptions::batch_rows`] rows are a batch, and a
//!   batch is a transaction.
//! - Large files are loaded into empty tables in one transaction, which is several times as
//!   fast: see [`Bulk`].

mod assemble;
mod channel_row;
mod channels;
mod chunks;
mod derive;
mod error;
mod options;
mod rows;
mod shift;
mod summary;
mod video_row;
mod videos;
mod writer;

pub use error::ImportError;
pub use options::ImportOptions;
pub use rows::{check_rows, read_observations};
pub use summary::ImportSummary;
pub use writer::Writer;

use crate::{
    files::{Reports, Table},
    load::{Bulk, Session},
    observation::{ChannelObservation, VideoObservation},
    progress::Progress,
    seed::is_seeded,
};
use channels::{ObservationTimes, load_channels};
use common::settings::PostgresSettings;
use derive::derive;
use shift::{Shift, choose_shift};
use std::path::PathBuf;
use tokio_postgres::GenericClient;
use videos::{LoadMode, VideosLoaded, load_videos};

const MARK_FILLED: &str = include_str!("sql/mark_filled.sql");

/// Imports the files of `options`.
pub async fn import(
    options: &ImportOptions,
    settings: &PostgresSettings,
    progress: &dyn Progress,
) -> Result<ImportSummary, ImportError> {
    check_files(options)?;
    let mut reports = Reports::new(progress, options.rejects.as_deref())?;
    let mut session = Session::open(settings, progress).await?;
    if is_seeded(&session).await? {
        progress.message("the database contains demo data: real and demo videos will be mixed");
    }
    let bytes = total_bytes(&options.files);
    let shift = choose_shift(&*session, options, bytes, progress).await?;
    let mut job = ImportJob { options, shift, bytes, reports: &mut reports, progress };
    let summary =
        if bytes >= options.bulk_bytes && session.holds_at_most(options.bulk_max_videos).await? {
            job.load_in_bulk(&mut session).await?
        } else {
            let videos = load_videos(LoadMode::Batches(&mut session), &mut job).await?;
            job.complete(&mut *session, &videos).await?
        };
    session.analyze().await?;
    Ok(summary)
}

struct ImportJob<'a, 'b> {
    options: &'a ImportOptions,
    shift: Shift,
    /// The size of all files of videos.
    bytes: u64,
    reports: &'a mut Reports<'b>,
    progress: &'a dyn Progress,
}

impl ImportJob<'_, '_> {
    /// Imports everything in one transaction with exclusive access.
    async fn load_in_bulk(&mut self, session: &mut Session) -> Result<ImportSummary, ImportError> {
        self.progress.message(
            "the tables are empty: importing in one transaction, which locks them until it ends",
        );
        let mut bulk = Bulk::begin(session).await?;
        let videos = load_videos(LoadMode::Bulk(&mut bulk), self).await?;
        let (video, channel) = bulk.first_ids();
        bulk.transaction().execute(MARK_FILLED, &[&video, &channel]).await?;
        // Rows of the file of channels get their ids from the sequences.
        if self.options.channels.is_some() {
            bulk.align_sequences().await?;
        }
        bulk.transaction().batch_execute(include_str!("sql/analyze_bulk.sql")).await?;
        let summary = self.complete(bulk.transaction(), &videos).await?;
        bulk.finish(self.progress).await?;
        Ok(summary)
    }

    /// Loads the channels and updates the derived columns.
    async fn complete(
        &mut self,
        client: &mut impl GenericClient,
        videos: &VideosLoaded,
    ) -> Result<ImportSummary, ImportError> {
        let mut summary = ImportSummary::new(self.shift, videos);
        if let Some(file) = &self.options.channels {
            let newest = summary.newest.unwrap_or(self.options.now);
            let times = ObservationTimes { shift: self.shift.by, newest };
            summary.add_channels(&load_channels(client, file, times, self).await?);
        }
        self.reports.finish()?;
        summary.rejected = self.reports.rejected;
        summary.repaired = self.reports.repaired;
        if summary.rows == 0 {
            return Err(ImportError::NothingImported { rejected: self.reports.rejected });
        }
        summary.add_subscribers(derive(client, self.progress).await?);
        Ok(summary)
    }
}

/// Opens every file, to fail before anything is imported.
fn check_files(options: &ImportOptions) -> Result<(), ImportError> {
    for file in &options.files {
        Table::<VideoObservation>::open(file)?;
    }
    if let Some(file) = &options.channels {
        Table::<ChannelObservation>::open(file)?;
    }
    Ok(())
}

/// The total size; files of unknown size count 0.
fn total_bytes(files: &[PathBuf]) -> u64 {
    files.iter().filter_map(|file| file.metadata().ok()).map(|metadata| metadata.len()).sum()
}
