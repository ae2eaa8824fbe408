//! The results of a round of due work.

use std::ops::AddAssign;
use youtube::Bucket;

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
    /// The last failure; the work is due again later. A quota that is used up is none.
    pub failure: Option<String>,
    /// The quotas that were found to be used up.
    pub used_up: Vec<Bucket>,
}

impl CollectionRound {
    /// Whether nothing was due, or nothing that the quota allows.
    pub const fn is_idle(&self) -> bool {
        self.sources == 0
            && self.videos == 0
            && self.channels == 0
            && self.shorts == 0
            && self.used_up.is_empty()
    }
}

impl AddAssign for CollectionRound {
    fn add_assign(&mut self, other: Self) {
        self.sources += other.sources;
        self.videos += other.videos;
        self.channels += other.channels;
        self.shorts += other.shorts;
        self.failure = other.failure.or(self.failure.take());
        self.used_up.extend(other.used_up);
    }
}
