//! The subset of Elasticsearch's query DSL that the services use.
//!
//! The client `elasticsearch` accepts any JSON as a query. Types for five kinds of clauses are less
//! than the complete DSL of `elasticsearch-dsl`.

use super::Tags;
use crate::keywords::normalize_keyword;
use bytes::BytesMut;
use chrono::{DateTime, Utc};
use elasticsearch::http::request::{Body, JsonBody};
use serde::{Serialize, Serializer, ser::SerializeMap};
use std::collections::BTreeMap;

/// The body of one search.
#[derive(Debug, Clone, Serialize)]
pub struct Search {
    /// Maximum number of documents.
    pub size: usize,
    /// Matching documents.
    pub query: QueryClause,
    /// Sort order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sort: Vec<Sort>,
    /// Returned fields.
    #[serde(flatten)]
    pub fields: Fields,
    /// Aggregations over all matching documents.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub aggs: BTreeMap<&'static str, Aggregation>,
    track_total_hits: bool,
}

impl Search {
    /// The first `size` documents that match `query`, in the order of `sort`.
    pub fn hits(query: QueryClause, sort: Vec<Sort>, size: usize, source: &[&'static str]) -> Self {
        Self::new(query, sort, size, Fields::of_source(source))
    }

    /// The tags of the first `size` documents that match `query`, in the order of `sort`.
    pub fn tags(query: QueryClause, sort: Vec<Sort>, size: usize) -> Self {
        Self::new(query, sort, size, Fields::TAGS)
    }

    /// The `idx`, the channel and the tags of the first `size` documents that match `query`, in the order
    /// of `sort`.
    pub fn tagged_videos(query: QueryClause, sort: Vec<Sort>, size: usize) -> Self {
        Self::new(query, sort, size, Fields::TAGGED_VIDEO)
    }

    /// An aggregation named `name`, without documents.
    pub fn aggregate(query: QueryClause, name: &'static str, aggregation: Aggregation) -> Self {
        let aggs = BTreeMap::from([(name, aggregation)]);
        Self { aggs, ..Self::hits(query, Vec::new(), 0, &[]) }
    }

    const fn new(query: QueryClause, sort: Vec<Sort>, size: usize, fields: Fields) -> Self {
        Self { size, query, sort, fields, aggs: BTreeMap::new(), track_total_hits: false }
    }
}

/// A search in a multi-search: a line with its header, then a line with its body.
impl Body for Search {
    fn write(&self, bytes: &mut BytesMut) -> Result<(), elasticsearch::Error> {
        bytes.extend_from_slice(b"{\"allow_partial_search_results\":false}\n");
        JsonBody::new(self).write(bytes)
    }
}

/// Returned fields of a document.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Fields {
    /// Fields of the stored document.
    Source {
        /// Field names.
        _source: Vec<&'static str>,
    },
    /// Doc values; the stored document is not read.
    DocValues {
        /// Field names.
        docvalue_fields: &'static [&'static str],
        /// `_none_`: the id is not loaded.
        stored_fields: &'static str,
    },
}

impl Fields {
    const TAGS: Self = Self::of_doc_values(&[Tags::FIELD]);
    const TAGGED_VIDEO: Self = Self::of_doc_values(&["idx", "channel_idx", Tags::FIELD]);

    const fn of_doc_values(docvalue_fields: &'static [&'static str]) -> Self {
        Self::DocValues { docvalue_fields, stored_fields: "_none_" }
    }

    fn of_source(fields: &[&'static str]) -> Self {
        Self::Source { _source: fields.to_vec() }
    }
}

/// A query in filter context: without scores.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum QueryClause {
    /// A combination of queries.
    Bool(Bool),
    /// The field equals a value.
    Term(DocumentField<Value>),
    /// The field equals one of several values.
    Terms(DocumentField<Vec<i32>>),
    /// The field contains a phrase.
    MatchPhrase(DocumentField<String>),
    /// The field is in a range.
    Range(DocumentField<Range>),
}

/// A boolean combination of queries.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Bool {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    filter: Vec<QueryClause>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    should: Vec<QueryClause>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    must_not: Vec<QueryClause>,
}

impl QueryClause {
    /// Matches all of the queries.
    pub fn all(filter: Vec<Self>) -> Self {
        Self::Bool(Bool { filter, ..Bool::default() })
    }

    /// Matches all of `filter` and none of `must_not`.
    pub fn all_except(filter: Vec<Self>, must_not: Vec<Self>) -> Self {
        Self::Bool(Bool { filter, must_not, ..Bool::default() })
    }

    /// Matches at least one of the queries.
    pub fn any(should: Vec<Self>) -> Self {
        Self::Bool(Bool { should, ..Bool::default() })
    }

    /// The field equals `value`.
    pub fn term(field: &'static str, value: impl Into<Value>) -> Self {
        Self::Term(DocumentField(field, value.into()))
    }

    /// The field equals one of `values`.
    pub fn terms(field: &'static str, values: Vec<i32>) -> Self {
        Self::Terms(DocumentField(field, values))
    }

    /// The field is in `range`.
    pub const fn range(field: &'static str, range: Range) -> Self {
        Self::Range(DocumentField(field, range))
    }
}

/// Matches videos with a keyword that contains `keyword` as a phrase or equals it. The latter finds
/// keywords that the analyzer drops, such as emoji and stop words.
pub fn matches_keyword(keyword: &str) -> QueryClause {
    let normal = normalize_keyword(keyword);
    QueryClause::any(vec![
        QueryClause::MatchPhrase(DocumentField("normal_keywords", normal.clone())),
        QueryClause::term("normal_keywords.exact", normal),
    ])
}

/// `{"<field>": <condition>}`
#[derive(Debug, Clone)]
pub struct DocumentField<T>(&'static str, T);

impl<T: Serialize> Serialize for DocumentField<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(self.0, &self.1)?;
        map.end()
    }
}

/// A value of a field.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// A boolean.
    Bool(bool),
    /// A string.
    Text(String),
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

/// The bounds of a `range` query.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Range {
    /// Inclusive lower bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gte: Option<Bound>,
    /// Exclusive upper bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lt: Option<Bound>,
    /// Inclusive upper bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lte: Option<Bound>,
}

/// A bound of a range.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(untagged)]
pub enum Bound {
    /// A timestamp.
    Time(DateTime<Utc>),
    /// A number.
    Number(f64),
}

impl Range {
    /// From `from` (inclusive) to `until` (exclusive).
    pub const fn between(from: DateTime<Utc>, until: DateTime<Utc>) -> Self {
        Self { gte: Some(Bound::Time(from)), lt: Some(Bound::Time(until)), lte: None }
    }

    /// `number` or more.
    pub const fn at_least(number: f64) -> Self {
        Self { gte: Some(Bound::Number(number)), lt: None, lte: None }
    }

    /// `number` or less.
    pub const fn at_most(number: f64) -> Self {
        Self { gte: None, lt: None, lte: Some(Bound::Number(number)) }
    }

    /// Less than `number`.
    pub const fn below(number: f64) -> Self {
        Self { gte: None, lt: Some(Bound::Number(number)), lte: None }
    }
}

/// A sort key: `{"<field>": "desc"}`.
pub type Sort = DocumentField<Order>;

/// Sort direction.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// Ascending.
    Asc,
    /// Descending.
    Desc,
}

impl Sort {
    /// Descending by `field`, then ascending by `idx`.
    pub fn descending(field: &'static str) -> Vec<Self> {
        vec![Self(field, Order::Desc), Self("idx", Order::Asc)]
    }
}

/// An aggregation over matching documents.
#[derive(Debug, Clone, Serialize)]
pub struct Aggregation {
    date_histogram: DateHistogram,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    aggs: BTreeMap<&'static str, Metric>,
}

/// Documents by day, including days without documents between the first and the last.
#[derive(Debug, Clone, Serialize)]
pub struct DateHistogram {
    field: &'static str,
    calendar_interval: &'static str,
    time_zone: &'static str,
    format: &'static str,
    min_doc_count: u32,
}

#[derive(Debug, Clone, Serialize)]
struct Metric {
    avg: MetricField,
}

#[derive(Debug, Clone, Serialize)]
struct MetricField {
    field: &'static str,
}

impl Aggregation {
    /// Number of documents per day in Seoul.
    pub fn per_day(field: &'static str) -> Self {
        let date_histogram = DateHistogram {
            field,
            calendar_interval: "day",
            time_zone: crate::time::SEOUL_NAME,
            format: "yyyy-MM-dd",
            min_doc_count: 0,
        };
        Self { date_histogram, aggs: BTreeMap::new() }
    }

    /// Adds the mean of `field` per day, as `mean`.
    pub fn with_mean(mut self, field: &'static str) -> Self {
        self.aggs.insert("mean", Metric { avg: MetricField { field } });
        self
    }
}
