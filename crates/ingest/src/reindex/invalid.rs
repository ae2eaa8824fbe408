//! Warnings about values of an old database that Elasticsearch cannot represent.

use crate::progress::Progress;
use common::models::{Video, finite_popularity};

/// The maximum number of rows with a warning each; further rows are only counted.
const MAX_WARNINGS: u64 = 20;

/// The number of rows with an invalid value.
#[derive(Debug, Default)]
pub(super) struct InvalidValues(u64);

impl InvalidValues {
    /// Warns if the document of `video` lacks a value.
    pub(super) fn check(&mut self, video: &Video, progress: &dyn Progress) {
        let lacks_time = video.upload_time.is_none();
        let lacks_popularity = finite_popularity(video.popularity) != video.popularity;
        let columns = match (lacks_time, lacks_popularity) {
            (false, false) => return,
            (true, false) => "upload_time",
            (false, true) => "popularity",
            (true, true) => "upload_time and popularity",
        };
        self.0 += 1;
        if self.0 <= MAX_WARNINGS {
            let Video { idx, video_id, .. } = video;
            progress.message(&format!(
                "warning: video {idx} ({video_id}): indexed without {columns}: infinite, NaN or out \
                 of range"
            ));
        }
    }

    /// Returns the number of rows; reports it if some had no warning.
    pub(super) fn finish(self, progress: &dyn Progress) -> u64 {
        if self.0 > MAX_WARNINGS {
            progress.message(&format!("warning: {} videos have invalid values", self.0));
        }
        self.0
    }
}
