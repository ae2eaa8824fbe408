//! Searches that more than one service uses.

use super::query::{Aggregation, QueryClause, Range, Search, Sort};
use chrono::{DateTime, Utc};

/// Videos with this popularity or more are outliers.
pub const EXTREME_POPULARITY: f64 = 7.0;

/// Name of the aggregation of [`line_search`].
pub const DAYS_AGGREGATION: &str = "days";

/// Kind of a trend line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// 인기도: mean popularity of the videos of each day.
    Popularity,
    /// 영상화: number of videos uploaded on each day.
    Uploads,
}

/// Matches videos uploaded between `from` (inclusive) and `until` (exclusive).
pub fn uploaded_between(from: DateTime<Utc>, until: DateTime<Utc>) -> QueryClause {
    QueryClause::range("upload_time", Range::between(from, until))
}

/// Matches videos below [`EXTREME_POPULARITY`].
pub fn exclude_extreme_popularity() -> QueryClause {
    QueryClause::range("popularity", Range::below(EXTREME_POPULARITY))
}

/// The tags of the `size` videos with the largest value of the field `order`.
pub fn tags_search(videos: QueryClause, order: &'static str, size: usize) -> Search {
    Search::tags(videos, Sort::descending(order), size)
}

/// Aggregates videos by day, as [`DAYS_AGGREGATION`]: mean popularity, or number of those without
/// an extreme popularity.
pub fn line_search(kind: LineKind, videos: QueryClause) -> Search {
    let per_day = Aggregation::per_day("upload_time");
    match kind {
        LineKind::Popularity => {
            Search::aggregate(videos, DAYS_AGGREGATION, per_day.with_mean("popularity"))
        }
        LineKind::Uploads => Search::aggregate(
            QueryClause::all(vec![videos, exclude_extreme_popularity()]),
            DAYS_AGGREGATION,
            per_day,
        ),
    }
}
