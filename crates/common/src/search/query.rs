//! What is asked of the index: as much of Elasticsearch's query language as is used here.

use super::{Tags, normalise};
use chrono::{DateTime, Utc};
use serde::{Serialize, Serializer, ser::SerializeMap};
use std::collections::BTreeMap;

/// The body of one search.
#[derive(Debug, Clone, Serialize)]
pub struct Search {
    /// How many documents to return.
    pub size: usize,
    /// Which documents match.
    pub query: Query,
    /// In which order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sort: Vec<Sort>,
    /// What to return of each document.
    #[serde(flatten)]
    pub fields: Fields,
    /// What to compute over all that match.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub aggs: BTreeMap<&'static str, Aggregation>,
    track_total_hits: bool,
}

impl Search {
    /// The first `size` documents that match `query`, in the order of `sort`.
    pub fn hits(query: Query, sort: Vec<Sort>, size: usize, source: &[&'static str]) -> Self {
        Self::new(query, sort, size, Fields::of_source(source))
    }

    /// The tags of the first `size` documents that match `query`, in the order of `sort`.
    pub fn tags(query: Query, sort: Vec<Sort>, size: usize) -> Self {
        Self::new(query, sort, size, Fields::TAGS)
    }

    /// No documents: only what is computed over them.
    pub fn aggregate(query: Query, name: &'static str, aggregation: Aggregation) -> Self {
        let aggs = BTreeMap::from([(name, aggregation)]);
        Self { aggs, ..Self::hits(query, Vec::new(), 0, &[]) }
    }

    const fn new(query: Query, sort: Vec<Sort>, size: usize, fields: Fields) -> Self {
        Self { size, query, sort, fields, aggs: BTreeMap::new(), track_total_hits: false }
    }
}

/// What is returned of a document.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Fields {
    /// These fields, out of the document as it was stored.
    Source {
        /// Their names.
        _source: Vec<&'static str>,
    },
    /// These fields, out of their columns: the document itself is not looked at.
    DocValues {
        /// Their names.
        docvalue_fields: [&'static str; 1],
        /// Not the document's id either.
        stored_fields: &'static str,
    },
}

impl Fields {
    const TAGS: Self = Self::DocValues { docvalue_fields: [Tags::FIELD], stored_fields: "_none_" };

    fn of_source(fields: &[&'static str]) -> Self {
        Self::Source { _source: fields.to_vec() }
    }
}

/// Which documents match. All of it is in filter context: nothing is scored.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Query {
    /// Several conditions together.
    Bool(Bool),
    /// The field holds exactly this.
    Term(Field<Value>),
    /// The field holds one of these.
    Terms(Field<Vec<i32>>),
    /// The field holds these words side by side.
    MatchPhrase(Field<String>),
    /// The field lies between.
    Range(Field<Range>),
}

/// Conditions together.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Bool {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    filter: Vec<Query>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    should: Vec<Query>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    must_not: Vec<Query>,
}

impl Query {
    /// All of these.
    pub fn all(filter: Vec<Self>) -> Self {
        Self::Bool(Bool { filter, ..Bool::default() })
    }

    /// All of these, and none of those.
    pub fn all_but(filter: Vec<Self>, must_not: Vec<Self>) -> Self {
        Self::Bool(Bool { filter, must_not, ..Bool::default() })
    }

    /// At least one of these.
    pub fn any(should: Vec<Self>) -> Self {
        Self::Bool(Bool { should, ..Bool::default() })
    }

    /// The field holds exactly `value`.
    pub fn term(field: &'static str, value: impl Into<Value>) -> Self {
        Self::Term(Field(field, value.into()))
    }

    /// The field holds one of `values`.
    pub fn terms(field: &'static str, values: Vec<i32>) -> Self {
        Self::Terms(Field(field, values))
    }

    /// The field lies in `range`.
    pub const fn range(field: &'static str, range: Range) -> Self {
        Self::Range(Field(field, range))
    }
}

/// A video matches a keyword when one of its keywords holds all its words side by side,
/// or equals it: that finds what the analyser drops, such as an emoji or a stop word.
pub fn matches_keyword(keyword: &str) -> Query {
    let normal = normalise(keyword);
    Query::any(vec![
        Query::MatchPhrase(Field("normal_keywords", normal.clone())),
        Query::term("normal_keywords.exact", normal),
    ])
}

/// `{"<field>": <condition>}`
#[derive(Debug, Clone)]
pub struct Field<T>(&'static str, T);

impl<T: Serialize> Serialize for Field<T> {
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
    /// A truth value.
    Bool(bool),
    /// A text.
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

/// Bounds of a field; each may be missing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Range {
    /// From here, itself included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gte: Option<Bound>,
    /// Up to here, itself left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lt: Option<Bound>,
    /// Up to here, itself included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lte: Option<Bound>,
}

/// One end of a range.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(untagged)]
pub enum Bound {
    /// A moment.
    Time(DateTime<Utc>),
    /// A number.
    Number(f64),
}

impl Range {
    /// From one moment until another, which is left out.
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

/// One key of an order: `{"<field>": "desc"}`.
pub type Sort = Field<Order>;

/// Which end comes first.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// The smallest.
    Asc,
    /// The largest.
    Desc,
}

impl Sort {
    /// The largest of `field` first; equal ones in the order of their numbers, which are
    /// those in which the videos became known.
    pub fn largest(field: &'static str) -> Vec<Self> {
        vec![Self(field, Order::Desc), Self("idx", Order::Asc)]
    }
}

/// What is computed over the documents that match.
#[derive(Debug, Clone, Serialize)]
pub struct Aggregation {
    date_histogram: DateHistogram,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    aggs: BTreeMap<&'static str, Metric>,
}

/// Documents by day; days without any between the first and the last are there too.
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
    /// How many documents on each day in Seoul.
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

    /// And the mean of `field` on each day, as `mean`.
    pub fn with_mean(mut self, field: &'static str) -> Self {
        self.aggs.insert("mean", Metric { avg: MetricField { field } });
        self
    }
}
