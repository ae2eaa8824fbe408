//! What Elasticsearch answers, and what can go wrong.

use crate::Error;
use chrono::NaiveDate;
use serde::Deserialize;
use std::{collections::HashMap, sync::Arc};

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// No connection, or no answer in time.
    #[error("Elasticsearch does not answer")]
    Unreachable(#[source] elasticsearch::Error),
    /// It answers, but cannot serve: the index is missing, a shard is, it is overloaded.
    #[error("Elasticsearch cannot serve (HTTP {status}): {body}")]
    NotReady {
        /// HTTP status.
        status: u16,
        /// What it says.
        body: String,
    },
    /// It refused the request: a fault of ours.
    #[error("Elasticsearch refused the request (HTTP {status}): {body}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// What it says.
        body: String,
    },
    /// The answer is not what was expected.
    #[error("Elasticsearch's answer cannot be read: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// Not as many answers as there were searches.
    #[error("Elasticsearch gave {0} answers to {1} searches")]
    Count(usize, usize),
    /// Its address cannot be used.
    #[error("{0}")]
    Address(String),
}

impl SearchError {
    /// What a status other than success means.
    pub(super) fn of_status(status: u16, body: String) -> Self {
        match status {
            404 | 408 | 429 | 500.. => Self::NotReady { status, body },
            _ => Self::Refused { status, body },
        }
    }
}

impl From<SearchError> for Error {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Unreachable(_) | SearchError::NotReady { .. } => {
                Self::Unavailable { dependency: "elasticsearch", source: Arc::new(error) }
            }
            _ => Self::Internal(Arc::new(error)),
        }
    }
}

/// The answer to one search.
#[derive(Debug, Deserialize)]
pub struct SearchAnswer<T> {
    pub(super) status: u16,
    #[serde(default = "Hits::none")]
    hits: Hits<T>,
    #[serde(default = "HashMap::new")]
    aggregations: HashMap<String, Buckets>,
}

#[derive(Debug, Deserialize)]
struct Hits<T> {
    hits: Vec<Hit<T>>,
}

impl<T> Hits<T> {
    /// What is empty is not sent.
    const fn none() -> Self {
        Self { hits: Vec::new() }
    }
}

/// One document of an answer.
#[derive(Debug, Deserialize)]
pub struct Hit<T> {
    /// The fields that were asked for.
    #[serde(rename = "_source")]
    pub source: T,
}

#[derive(Debug, Deserialize)]
struct Buckets {
    #[serde(default)]
    buckets: Vec<DayBucket>,
}

/// One day of a histogram.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct DayBucket {
    /// The day, in Seoul.
    #[serde(rename = "key_as_string")]
    pub day: NaiveDate,
    /// How many documents.
    #[serde(rename = "doc_count")]
    pub count: u32,
    /// The mean that was asked for; without a value where no document has one.
    #[serde(default)]
    pub mean: Mean,
}

/// A mean.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Mean {
    /// The value, if there is one.
    pub value: Option<f64>,
}

impl<T> SearchAnswer<T> {
    /// The documents, in their order.
    pub fn into_documents(self) -> Vec<T> {
        self.hits.hits.into_iter().map(|hit| hit.source).collect()
    }

    /// The days of the histogram `name`.
    pub fn days(mut self, name: &str) -> Vec<DayBucket> {
        self.aggregations.remove(name).map(|found| found.buckets).unwrap_or_default()
    }
}
