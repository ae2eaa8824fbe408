//! The result of an import.

use super::{channels::ChannelsLoaded, derive::Subscribers, shift::Shift, videos::VideosLoaded};
use crate::load::Loaded;
use chrono::{DateTime, Utc};
use std::fmt;

/// The result of an import; displayed, it is the report for the operator.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportSummary {
    /// Valid rows.
    pub rows: u64,
    /// Rows that were skipped.
    pub rejected: u64,
    /// Rows that were repaired and imported.
    pub repaired: u64,
    /// Rows with a text that was truncated to fit its column.
    pub truncated: u64,
    /// Rows that were inserted.
    pub added: Loaded,
    /// The shift of all times, in days.
    pub shifted_days: i64,
    /// The shift was taken from an earlier import of the same videos.
    pub shift_kept: bool,
    /// Channels of the files whose subscribers are estimated, not counted.
    pub estimated_channels: u64,
    /// Channels of the files whose subscribers are counted.
    pub counted_channels: u64,
    /// The newest observation, as stored.
    pub newest: Option<DateTime<Utc>>,
}

impl ImportSummary {
    pub(super) fn new(shift: Shift, videos: &VideosLoaded) -> Self {
        Self {
            rows: videos.rows,
            truncated: videos.truncated,
            added: videos.loaded,
            shifted_days: shift.by.num_days(),
            shift_kept: shift.kept,
            newest: videos.newest,
            ..Self::default()
        }
    }

    pub(super) fn add_channels(&mut self, channels: &ChannelsLoaded) {
        self.rows += channels.rows;
        self.truncated += channels.truncated;
        self.added += channels.loaded;
    }

    pub(super) fn add_subscribers(&mut self, subscribers: Subscribers) {
        self.estimated_channels = subscribers.estimated;
        self.counted_channels = subscribers.counted;
    }
}

impl fmt::Display for ImportSummary {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rows, rejected, repaired, truncated, added, .. } = self;
        write!(
            to,
            "{rows} rows read, {rejected} skipped, {repaired} repaired, {truncated} truncated"
        )?;
        write!(
            to,
            "\nadded: {} channels, {} videos, {} keywords, {} view counts, {} like counts",
            added.channels, added.videos, added.keywords, added.views, added.likes
        )?;
        if added.subscribers + added.channel_views > 0 {
            write!(to, ", {} subscriber counts", added.subscribers)?;
            write!(to, ", {} channel view counts", added.channel_views)?;
        }
        if self.shift_kept {
            let days = self.shifted_days;
            write!(to, "\ntimes shifted by {days} days, as in the first import of these videos")?;
        } else if self.shifted_days != 0 {
            write!(to, "\ntimes shifted by {} days", self.shifted_days)?;
        }
        let (estimated, counted) = (self.estimated_channels, self.counted_channels);
        write!(to, "\nsubscribers: {counted} channels counted, {estimated} estimated")?;
        if estimated > 0 {
            write!(to, " from their videos' views, because the files do not contain them")?;
        }
        Ok(())
    }
}
