//! The searches that several services make of the videos with a keyword.

use super::query::{Aggregation, Query, Range, Search, Sort};
use chrono::{DateTime, Utc};

/// From here on, a video's popularity is taken for an outlier.
pub const OUTLIER_POPULARITY: f64 = 7.0;

/// What [`line()`] calls its days.
pub const DAYS: &str = "days";

/// The two kinds of line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// 인기도: how popular the videos of each day are.
    Popularity,
    /// 영상화: how many videos were made on each day.
    Made,
}

/// Uploaded from one moment until another, which is left out.
pub fn uploaded(from: DateTime<Utc>, until: DateTime<Utc>) -> Query {
    Query::range("upload_time", Range::between(from, until))
}

/// Not an outlier: [`OUTLIER_POPULARITY`].
pub fn unremarkable() -> Query {
    Query::range("popularity", Range::below(OUTLIER_POPULARITY))
}

/// The tags of the `size` videos with the largest `order`.
pub fn tags(videos: Query, order: &'static str, size: usize) -> Search {
    Search::tags(videos, Sort::largest(order), size)
}

/// The videos of each day, as [`DAYS`]: their mean popularity, or their number without
/// outliers.
pub fn line(kind: LineKind, videos: Query) -> Search {
    let per_day = Aggregation::per_day("upload_time");
    match kind {
        LineKind::Popularity => Search::aggregate(videos, DAYS, per_day.with_mean("popularity")),
        LineKind::Made => {
            Search::aggregate(Query::all(vec![videos, unremarkable()]), DAYS, per_day)
        }
    }
}
