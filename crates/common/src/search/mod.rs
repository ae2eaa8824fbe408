//! Elasticsearch: one client with one checked executor, the index `videos` and what is
//! asked of it.

mod answer;
mod client;
mod document;
mod index;
mod keyword;
mod query;
mod trend;

pub use answer::{DayBucket, SearchAnswer, SearchError};
pub use client::{RawAnswer, SearchClient};
pub use document::{KeywordObject, VideoDocument};
pub use keyword::{compose, normalise};
pub use query::{Aggregation, Query, Range, Search, Sort, matches_keyword};
pub use trend::{
    DAYS, LineKind, OUTLIER_POPULARITY, Tag, Tags, line, tags, unremarkable, uploaded,
};
