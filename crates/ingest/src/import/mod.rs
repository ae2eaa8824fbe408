//! `createtrend import`: reads the "YouTube Trending Video Dataset", one row a video a
//! day, into channels, videos, keywords, and daily views and likes.
//!
//! - What is stored already stays: a video's first row decides its title and description,
//!   and the first row of a video's day decides the counts of that day. Importing the same
//!   files again changes nothing, and an import that was stopped is completed by running
//!   it again, to the same rows with the same numbers as one that ran through.
//! - A bad row is reported with its file, line and reason, and skipped.
//! - Files of any size are read in bounded memory: [`ImportOptions::batch_rows`] rows are a
//!   batch, and a batch is a transaction.
//! - Large files fill empty tables in one transaction, which is several times as
//!   fast, to the same rows with the same numbers: see [`Bulk`]. Stopped, that import leaves
//!   the tables as they were.

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

pub use error::ImportError;
pub use options::ImportOptions;
pub use rows::read_rows;
pub use summary::ImportSummary;

use crate::{
    files::{Reports, Table},
    load::{Bulk, Session},
    progress::Progress,
    seed::is_seeded,
};
use channel_row::ChannelRow;
use channels::{ObservationTimes, load_channels};
use common::settings::PostgresSettings;
use derive::derive;
use shift::{Shift, choose_shift};
use std::path::PathBuf;
use tokio_postgres::GenericClient;
use video_row::VideoRow;
use videos::{LoadMode, VideosLoaded, load_videos};

const TOUCHED_TABLES: &str = include_str!("sql/touched_tables.sql");
const MARK_FILLED: &str = include_str!("sql/mark_filled.sql");

/// Imports the files of `options`, telling `progress` how far it has come.
pub async fn import(
    options: &ImportOptions,
    settings: &PostgresSettings,
    progress: &dyn Progress,
) -> Result<ImportSummary, ImportError> {
    check_files(options)?;
    let mut reports = Reports::to(progress, options.rejects.as_deref())?;
    let mut session = Session::open(settings, progress).await?;
    session.batch_execute(TOUCHED_TABLES).await?;
    if is_seeded(&session).await? {
        progress
            .message("the database holds demo data: real and demo videos are mixed from now on");
    }
    let bytes = total_bytes(&options.files);
    let shift = choose_shift(&*session, options, bytes, progress).await?;
    let mut job = ImportJob { options, shift, bytes, reports: &mut reports, progress };
    let summary =
        if bytes >= options.bulk_bytes && session.holds_at_most(options.bulk_max_videos).await? {
            job.fill(&mut session).await?
        } else {
            let videos = load_videos(LoadMode::Batches(&mut session), &mut job).await?;
            job.complete(&mut *session, &videos).await?
        };
    session.analyze().await?;
    Ok(summary)
}

/// What an import has to do, and where it tells.
struct ImportJob<'a, 'b> {
    options: &'a ImportOptions,
    shift: Shift,
    /// Of all files of videos.
    bytes: u64,
    reports: &'a mut Reports<'b>,
    progress: &'a dyn Progress,
}

impl ImportJob<'_, '_> {
    /// Imports everything in one transaction.
    async fn fill(&mut self, session: &mut Session) -> Result<ImportSummary, ImportError> {
        self.progress.message(
            "the tables are empty: they are filled in one go, and nobody else can use them until \
             that has ended",
        );
        let mut bulk = Bulk::begin(session).await?;
        let videos = load_videos(LoadMode::Bulk(&mut bulk), self).await?;
        let (video, channel) = bulk.first_numbers();
        bulk.transaction().execute(MARK_FILLED, &[&video, &channel]).await?;
        // What the channels' file adds is numbered by the sequences.
        if self.options.channels.is_some() {
            bulk.align_sequences().await?;
        }
        bulk.transaction().batch_execute(include_str!("sql/analyze_bulk.sql")).await?;
        let summary = self.complete(bulk.transaction(), &videos).await?;
        bulk.finish(self.progress).await?;
        Ok(summary)
    }

    /// Does what is left to do when the videos are stored.
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

/// Opens every file before anything is imported, to find out what is missing.
fn check_files(options: &ImportOptions) -> Result<(), ImportError> {
    for file in &options.files {
        Table::<VideoRow>::open(file)?;
    }
    if let Some(file) = &options.channels {
        Table::<ChannelRow>::open(file)?;
    }
    Ok(())
}

/// What all files have together; 0 for what is not a file of a known size.
fn total_bytes(files: &[PathBuf]) -> u64 {
    files.iter().filter_map(|file| file.metadata().ok()).map(|metadata| metadata.len()).sum()
}
