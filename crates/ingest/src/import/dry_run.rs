//! Checking files without storing them.

use super::{
    ImportOptions,
    chunks::{Chunk, read},
    error::ImportError,
    inputs::ImportFiles,
    results::Results,
    shift::{Newest, Shift, Shifts},
    summary::{DryRunCounts, ImportSummary},
    videos::VideosLoaded,
};
use crate::{
    files::IssueReporter,
    observation::{ChannelObservation, VideoObservation},
    progress::{Progress, Unit},
};
use chrono::TimeDelta;
use futures_util::{FutureExt, future::BoxFuture};
use std::{
    collections::HashSet,
    hash::{BuildHasher, RandomState},
};

/// Reads and checks the files of `options` as an import into an empty database would; needs no
/// database.
pub fn dry_run_import<'a>(
    options: &'a ImportOptions,
    progress: &'a dyn Progress,
) -> BoxFuture<'a, Result<ImportSummary, ImportError>> {
    async move {
        let files = ImportFiles::prepare(options)?;
        let mut results = Results::new(IssueReporter::new(progress, options.rejects.as_deref())?);
        let mut videos = VideosLoaded::default();
        let (mut newest, mut distinct) = (Newest::default(), Distinct::default());
        let mut task = progress.start("checking videos", Unit::Bytes, files.video_bytes());
        let mut chunks = read::<VideoObservation>(files.videos.clone(), options.batch_rows);
        while let Some(chunk) = chunks.recv().await {
            let chunk = chunk?;
            results.add(&chunk)?;
            for row in &chunk.rows {
                newest.add(row, None, &Shifts::default());
                distinct.add(&row.video_id, &row.channel_id);
            }
            videos.rows += chunk.rows.len() as u64;
            videos.truncated +=
                chunk.rows.iter().filter(|row| row.has_truncated_text).count() as u64;
            videos.newest = videos.newest.max(chunk.rows.iter().map(|row| row.observed).max());
            task.set_position(chunk.position);
        }
        let by =
            if options.shift_to_now { newest.shift_to(options.now) } else { TimeDelta::zero() };
        videos.newest = videos.newest.map(|time| time + by);
        let mut summary = ImportSummary::new(Shift { by, is_reused: false }, &videos, options.now);
        summary.dry_run = Some(distinct.count());
        if let Some(file) = &files.channels {
            let mut chunks = read::<ChannelObservation>(vec![file.clone()], options.batch_rows);
            while let Some(chunk) = chunks.recv().await {
                let chunk: Chunk<ChannelObservation> = chunk?;
                results.add(&chunk)?;
                summary.rows += chunk.rows.len() as u64;
                summary.hidden_channels += chunk.ignored_rows;
            }
        }
        task.finish();
        summary.add_results(&mut results, &files, progress)?;
        Ok(summary)
    }
    .boxed()
}

/// Distinct ids, by their hashes: 8 bytes for each.
#[derive(Default)]
struct Distinct {
    hasher: RandomState,
    videos: HashSet<u64>,
    channels: HashSet<u64>,
}

impl Distinct {
    fn add(&mut self, video_id: &str, channel_id: &str) {
        self.videos.insert(self.hasher.hash_one(video_id));
        self.channels.insert(self.hasher.hash_one(channel_id));
    }

    fn count(&self) -> DryRunCounts {
        DryRunCounts { videos: self.videos.len() as u64, channels: self.channels.len() as u64 }
    }
}
