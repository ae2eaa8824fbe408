//! Elasticsearch: client, indexes of videos and of keywords, and queries.

mod client;
mod document;
mod index;
mod query;
mod response;
mod suggest;
mod tags;
mod trend_queries;

pub use client::SearchClient;
pub use document::{KeywordObject, VideoDocument};
pub use query::{Aggregation, QueryClause, Range, Search, Sort, matches_keyword};
pub use response::{DayBucket, SearchError, SearchResponse, TaggedVideo};
pub use suggest::{KeywordDocument, MatchKind, Suggestion, TypedText};
pub use tags::Tags;
pub use trend_queries::{
    DAYS_AGGREGATION, EXTREME_POPULARITY, LineKind, exclude_extreme_popularity, line_search,
    tags_search, uploaded_between,
};
