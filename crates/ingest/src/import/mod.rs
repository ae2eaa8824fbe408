//! Import of observations: video and channel files in any supported format, and batches of a
//! collector ([`Writer`]).
//!
//! - The latest observation wins: it sets title, description, thumbnail and tags of a video, and the
//!   counts of its day. Importing is idempotent, and an interrupted import is completed by running
//!   it again.
//! - An invalid row is reported with its file, line and reason, and rejected.
//! - Files are read in bounded memory: [`ImportOptions::batch_rows`] rows are a batch, and a
//!   batch is a transaction.
//! - Large files are loaded into empty tables in one transaction, which is several times as
//!   fast: see [`Bulk`].

mod batch_builder;
mod channel_row;
mod channels;
mod chunks;
mod column_names;
mod columns;
mod derive;
mod details;
mod dry_run;
mod error;
mod inputs;
mod interrupted;
mod options;
mod results;
mod rows;
mod shift;
mod stored_videos;
mod summary;
mod video_row;
mod videos;
mod writer;

pub use dry_run::dry_run_import;
pub use error::ImportError;
pub use interrupted::complete_interrupted;
pub use options::ImportOptions;
pub use rows::{parse_and_batch, read_observations};
use summary::is_outdated;
pub use summary::{DryRunCounts, ImportSummary};
pub use writer::Writer;

use crate::{
    data_source::{self, DataSource},
    files::IssueReporter,
    load::{Bulk, Session},
    pending::MARK_INDEX_PENDING,
    progress::Progress,
    seed::is_seeded,
};
use channels::{ObservationTimes, load_channels};
use common::settings::PostgresSettings;
use derive::derive;
use futures_util::{FutureExt, future::BoxFuture};
use inputs::ImportFiles;
use results::Results;
use shift::{Shift, Shifts, choose_shift};
use tokio_postgres::GenericClient;
use videos::{LoadMode, VideosLoaded, load_videos};

const DEMO_WARNING: &str = "warning: the database contains demo data, and real and demo videos are \
    mixed; to remove the demo, delete the data (`scripts/down --purge`, or in containers `docker \
    compose down --volumes`) and import again with `scripts/up --data FILE`";
const LAST_VIDEO: &str = "SELECT coalesce(max(idx), 0) FROM video";
const MARK_BULK_LOADED: &str = include_str!("sql/mark_bulk_loaded.sql");

/// Imports the files of `options`; the search index is not updated: see
/// [`import_and_index`](crate::bootstrap::import_and_index).
pub fn import<'a>(
    options: &'a ImportOptions,
    settings: &'a PostgresSettings,
    progress: &'a dyn Progress,
) -> BoxFuture<'a, Result<ImportSummary, ImportError>> {
    async move {
        let files = ImportFiles::prepare(options)?;
        let results = Results::new(IssueReporter::new(progress, options.rejects.as_deref())?);
        let mut session = Session::connect_locked(settings, progress).await?;
        let has_demo = is_seeded(&session).await?;
        if has_demo {
            progress.message(DEMO_WARNING);
        }
        let (shift, shifts, shift_warning) =
            choose_shift(&*session, options, &files, progress).await?;
        if let Some(warning) = &shift_warning {
            progress.message(warning);
        }
        let in_bulk = files.video_bytes() >= options.bulk_bytes
            && !files.has_subscribers
            && session.has_at_most_videos(options.bulk_max_videos).await?;
        let last_video = session.query_one(LAST_VIDEO, &[]).await?.get(0);
        let mut job = ImportJob { options, files, shift, shifts, last_video, results, progress };
        let mut summary = if in_bulk {
            job.load_in_bulk(&mut session).await?
        } else {
            let videos = load_videos(LoadMode::Batches(&mut session), &mut job).await?;
            job.complete(&mut *session, &videos).await?
        };
        summary.warnings.extend(shift_warning);
        summary.warnings.extend(has_demo.then(|| DEMO_WARNING.to_owned()));
        data_source::record(&*session, DataSource::Import, summary.newest).await?;
        data_source::mark_complete(&*session).await?;
        if summary.is_outdated {
            let newest = data_source::find_newest(&*session).await?;
            summary.is_outdated = newest.is_none_or(|newest| is_outdated(newest, options.now));
        }
        session.analyze().await?;
        Ok(summary)
    }
    .boxed()
}

struct ImportJob<'a> {
    options: &'a ImportOptions,
    files: ImportFiles,
    shift: Shift,
    shifts: Shifts,
    /// The highest id of the videos that were stored before the import.
    last_video: i32,
    results: Results<'a>,
    progress: &'a dyn Progress,
}

impl ImportJob<'_> {
    /// Imports everything in one transaction with exclusive access.
    async fn load_in_bulk(&mut self, session: &mut Session) -> Result<ImportSummary, ImportError> {
        self.progress.message(
            "the tables are empty: importing in one transaction, which locks them until it ends",
        );
        let mut bulk = Bulk::begin(session).await?;
        let videos = load_videos(LoadMode::Bulk(&mut bulk), self).await?;
        let (video, channel) = bulk.first_ids();
        bulk.transaction().execute(MARK_BULK_LOADED, &[&video, &channel]).await?;
        // Rows of the channel file get their ids from the sequences.
        if self.options.channels.is_some() {
            bulk.reset_sequences().await?;
        }
        bulk.transaction().batch_execute(include_str!("sql/analyze_bulk.sql")).await?;
        let summary = self.complete(bulk.transaction(), &videos).await?;
        bulk.transaction().execute(MARK_INDEX_PENDING, &[]).await?;
        bulk.finish(self.progress).await?;
        Ok(summary)
    }

    /// Loads the channels and updates the derived columns.
    async fn complete(
        &mut self,
        client: &mut impl GenericClient,
        videos: &VideosLoaded,
    ) -> Result<ImportSummary, ImportError> {
        let mut summary = ImportSummary::new(self.shift, videos, self.options.now);
        if let Some(file) = self.files.channels.clone() {
            let default_time = summary.newest.unwrap_or(self.options.now);
            let times = ObservationTimes { shift: self.shift.by, default_time };
            let channels = load_channels(client, &file, times, self).await?;
            summary.add_channels(&channels, &file.input.name);
        }
        summary.add_results(&mut self.results, &self.files, self.progress)?;
        summary.add_subscribers(derive(client, self.progress).await?);
        Ok(summary)
    }
}
