//! Values of an old database that no document can hold.

use crate::progress::Progress;
use common::models::{Video, usable_popularity};

/// How many rows are named one by one.
const NAMED: u64 = 20;

/// Counts the rows whose documents lack a value, and names the first of them.
#[derive(Debug, Default)]
pub(super) struct UnusableValues(u64);

impl UnusableValues {
    /// Looks at a row.
    pub(super) fn check(&mut self, video: &Video, progress: &dyn Progress) {
        let lacks_time = video.upload_time.is_none();
        let lacks_popularity = usable_popularity(video.popularity) != video.popularity;
        let columns = match (lacks_time, lacks_popularity) {
            (false, false) => return,
            (true, false) => "upload_time",
            (false, true) => "popularity",
            (true, true) => "upload_time and popularity",
        };
        self.0 += 1;
        if self.0 <= NAMED {
            let Video { idx, video_id, .. } = video;
            progress.message(&format!(
                "warning: video {idx} ({video_id}): indexed without {columns}, infinite, NaN or out of \
                 range"
            ));
        }
    }

    /// How many rows there were; says so where not all were named.
    pub(super) fn finish(self, progress: &dyn Progress) -> u64 {
        if self.0 > NAMED {
            progress.message(&format!("warning: {} videos in all were indexed so", self.0));
        }
        self.0
    }
}
