//! The result of an import.

use super::{
    channels::ChannelsLoaded, derive::SubscriberSources, error::ImportError, inputs::ImportFiles,
    results::Results, shift::Shift, videos::VideosLoaded,
};
use crate::{load::LoadCounts, progress::Progress};
use chrono::{DateTime, TimeDelta, Utc};
use common::time::seoul_day;
use std::{fmt, path::Path};

/// The number of days that the pages show by default.
const SHOWN_DAYS: i64 = 14;

/// The result of an import. Its `Display` is the report for the operator.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportSummary {
    /// Format, encoding and container of each file.
    pub files: Vec<String>,
    /// Incomplete files, and files with more rejected than valid rows; their valid rows are
    /// imported.
    pub problems: Vec<String>,
    /// Warnings: rows that look wrong are imported.
    pub warnings: Vec<String>,
    /// Valid rows.
    pub rows: u64,
    /// Rejected rows.
    pub rejected: u64,
    /// Rows that were repaired and imported.
    pub repaired: u64,
    /// Rows with a text that was truncated to fit its column.
    pub truncated: u64,
    /// `null` elements of JSON, such as videos that yt-dlp could not read.
    pub nulls: u64,
    /// Rows that were inserted.
    pub added: LoadCounts,
    /// The distinct videos and channels of the files, if nothing was stored.
    pub dry_run: Option<DryRunCounts>,
    /// The shift of all times, in days.
    pub shifted_days: i64,
    /// The shift was taken from an earlier import of the same videos.
    pub is_shift_reused: bool,
    /// Channels of the files whose subscribers are estimated, not counted.
    pub estimated_channels: u64,
    /// Channels of the files whose subscribers are counted.
    pub counted_channels: u64,
    /// Rows of channels without a public number of subscribers, which were ignored.
    pub hidden_channels: u64,
    /// Channels without a stored video, which were ignored.
    pub unknown_channels: u64,
    /// The newest observation, as stored.
    pub newest: Option<DateTime<Utc>>,
    /// The newest observation, also of those stored before, is older than the days that the pages
    /// show.
    pub is_outdated: bool,
}

/// The contents of files that were checked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DryRunCounts {
    /// Distinct videos.
    pub videos: u64,
    /// Distinct channels.
    pub channels: u64,
}

/// Whether the pages do not show an observation.
pub(super) fn is_outdated(newest: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now.signed_duration_since(newest) > TimeDelta::days(SHOWN_DAYS)
}

impl ImportSummary {
    pub(super) fn new(shift: Shift, videos: &VideosLoaded, now: DateTime<Utc>) -> Self {
        Self {
            rows: videos.rows,
            truncated: videos.truncated,
            added: videos.loaded.clone(),
            shifted_days: shift.by.num_days(),
            is_shift_reused: shift.is_reused,
            newest: videos.newest,
            is_outdated: videos.newest.is_some_and(|newest| is_outdated(newest, now)),
            ..Self::default()
        }
    }

    pub(super) fn add_channels(&mut self, channels: &ChannelsLoaded, file: &Path) {
        if channels.rows > 0 && channels.known == 0 {
            self.problems.push(format!(
                "{}: nothing stored: none of its {} channels has a stored video; import their videos \
                 first",
                file.display(),
                channels.unknown
            ));
        }
        self.rows += channels.rows;
        self.truncated += channels.truncated;
        self.added += channels.loaded.clone();
        self.hidden_channels = channels.hidden;
        self.unknown_channels = channels.unknown;
    }

    /// Adds the results of all files. Fails if there is no valid row.
    pub(super) fn add_results(
        &mut self,
        results: &mut Results<'_>,
        files: &ImportFiles,
        progress: &dyn Progress,
    ) -> Result<(), ImportError> {
        results.reporter.finish()?;
        self.rejected = results.reporter.rejected;
        self.repaired = results.reporter.repaired;
        self.nulls = results.nulls;
        self.files.clone_from(&files.descriptions);
        self.problems.extend(results.problems());
        self.warnings.extend(results.warnings());
        if self.rows > 0 {
            return Ok(());
        }
        for line in self.files.iter().chain(&self.problems) {
            progress.message(line);
        }
        Err(match (self.rejected, self.hidden_channels) {
            (0, hidden @ 1..) => ImportError::OnlyHiddenChannels(hidden),
            (rejected, _) => ImportError::NothingImported { rejected },
        })
    }

    pub(super) fn add_subscribers(&mut self, subscribers: SubscriberSources) {
        self.estimated_channels = subscribers.estimated;
        self.counted_channels = subscribers.counted;
    }
}

impl fmt::Display for ImportSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rows, rejected, repaired, truncated, .. } = self;
        for file in &self.files {
            writeln!(f, "{file}")?;
        }
        write!(
            f,
            "{rows} rows read, {rejected} rejected, {repaired} repaired, {truncated} truncated"
        )?;
        if self.nulls > 0 {
            write!(f, ", {} empty elements (null) ignored", self.nulls)?;
        }
        match self.dry_run {
            Some(counts) => self.write_dry_run(counts, f)?,
            None => self.write_stored(f)?,
        }
        if let Some(newest) = self.newest.filter(|_| self.is_outdated) {
            write!(
                f,
                "\nthe newest observation is of {}: the pages show the last {SHOWN_DAYS} days, and will \
                 be empty; {}",
                seoul_day(newest),
                if self.is_shift_reused {
                    "the stored videos keep their shift: to move them again, import into an empty \
                     database"
                } else {
                    "import with --shift-to-now to move all days up to today"
                }
            )?;
        }
        for line in self.warnings.iter().chain(&self.problems) {
            write!(f, "\n{line}")?;
        }
        Ok(())
    }
}

impl ImportSummary {
    fn write_dry_run(&self, counts: DryRunCounts, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let DryRunCounts { videos, channels } = counts;
        write!(f, "\nnothing stored: the files contain {videos} videos of {channels} channels")?;
        if self.shifted_days != 0 {
            write!(f, "\ntimes would be shifted by {} days", self.shifted_days)?;
        }
        Ok(())
    }

    fn write_stored(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let added = &self.added;
        write!(
            f,
            "\nadded: {} channels, {} videos, {} keywords, {} view counts, {} like counts",
            added.channels, added.videos, added.keywords, added.views, added.likes
        )?;
        if added.subscribers + added.channel_views > 0 {
            write!(f, ", {} subscriber counts", added.subscribers)?;
            write!(f, ", {} channel view counts", added.channel_views)?;
        }
        let updated = added.updated_videos.len();
        if updated > 0 {
            write!(
                f,
                "\n{updated} stored videos have other texts, tags or properties than before"
            )?;
        }
        if added.superseded > 0 {
            let count = added.superseded;
            write!(f, "\n{count} observations superseded by later ones of the same day")?;
        }
        if self.is_shift_reused {
            let days = self.shifted_days;
            write!(f, "\ntimes shifted by {days} days, as in the first import of these videos")?;
        } else if self.shifted_days != 0 {
            write!(f, "\ntimes shifted by {} days", self.shifted_days)?;
        }
        let (estimated, counted) = (self.estimated_channels, self.counted_channels);
        write!(f, "\nsubscribers: {counted} channels counted, {estimated} estimated")?;
        if estimated > 0 {
            write!(f, " from their videos' views, because the files do not contain them")?;
        }
        if self.hidden_channels > 0 {
            write!(f, "; {} rows without a public number", self.hidden_channels)?;
        }
        if self.unknown_channels > 0 {
            write!(
                f,
                "; {} channels ignored: no video of theirs is stored",
                self.unknown_channels
            )?;
        }
        Ok(())
    }
}
