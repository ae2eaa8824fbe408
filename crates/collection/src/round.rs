//! The results of a round of due work.

use std::{fmt, ops::AddAssign};
use youtube::Bucket;

/// A kind of work in a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WorkKind {
    /// Checks of sources.
    Sources,
    /// Statistics of videos.
    Videos,
    /// Statistics of channels.
    Channels,
    /// Classification of Shorts.
    Shorts,
}

impl fmt::Display for WorkKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sources => "sources",
            Self::Videos => "videos",
            Self::Channels => "channels",
            Self::Shorts => "Shorts",
        })
    }
}

/// Failed work, which is due again later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// A source, or a kind of work.
    pub work: String,
    /// The text of the error.
    pub reason: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.work, self.reason)
    }
}

/// The results of a round.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CollectionRound {
    /// Sources that were checked.
    pub sources: usize,
    /// Videos whose statistics were read.
    pub videos: usize,
    /// Channels whose statistics were read.
    pub channels: usize,
    /// Videos that were classified as Short or not.
    pub shorts: usize,
    /// Failed work. A used-up quota is not a failure.
    pub failures: Vec<Failure>,
    /// The kinds of work that would probably fail again.
    pub failed_kinds: Vec<WorkKind>,
    /// Buckets whose quota was exhausted in this round.
    pub exhausted_buckets: Vec<Bucket>,
    /// More sources are probably overdue, whose videos are not known yet.
    pub has_overdue_sources: bool,
}

impl CollectionRound {
    /// Whether nothing was due, or nothing that the quota allows.
    pub const fn is_idle(&self) -> bool {
        self.sources == 0
            && self.videos == 0
            && self.channels == 0
            && self.shorts == 0
            && self.exhausted_buckets.is_empty()
    }
}

impl AddAssign for CollectionRound {
    fn add_assign(&mut self, other: Self) {
        self.sources += other.sources;
        self.videos += other.videos;
        self.channels += other.channels;
        self.shorts += other.shorts;
        self.failures.extend(other.failures);
        self.failed_kinds.extend(other.failed_kinds);
        self.exhausted_buckets.extend(other.exhausted_buckets);
        self.has_overdue_sources = other.has_overdue_sources;
    }
}
