//! Elasticsearch: one client with one checked executor, the index `videos` and what is
//! asked of it.

mod answer;
mod client;
mod document;
mod index;
mod keyword;
mod query;
mod tags;
mod trend;

pub use answer::{DayBucket, RawAnswer, SearchError};
pub use client::SearchClient;
pub use document::{KeywordObject, VideoDocument};
pub use keyword::{compose, normalise};
pub use query::{Aggregation, Query, Range, Search, Sort, matches_keyword};
pub use tags::Tags;
pub use trend::{DAYS, LineKind, OUTLIER_POPULARITY, line, tags, unremarkable, uploaded};
