//! What Elasticsearch answers, and what can go wrong.

use super::{client::SHARDS, tags::Tags};
use crate::Error;
use chrono::NaiveDate;
use serde::{
    Deserialize,
    de::{DeserializeOwned, IgnoredAny},
};
use serde_json::value::RawValue;
use std::{borrow::Cow, collections::HashMap, sync::Arc};

/// Types of errors that say that the cluster or the index cannot serve now, whatever the
/// HTTP status.
const OUTAGES: [&str; 7] = [
    "circuit_breaking_exception",
    "cluster_block_exception",
    "es_rejected_execution_exception",
    "index_closed_exception",
    "index_not_found_exception",
    "no_shard_available_action_exception",
    "unavailable_shards_exception",
];

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// No connection, or no answer in time.
    #[error("Elasticsearch does not answer")]
    Unreachable(#[source] elasticsearch::Error),
    /// It answers, but cannot serve: the index is missing or closed, a shard is missing, it is
    /// overloaded or blocked.
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
    /// The alias stands for several indices: each video would be found more than once.
    #[error("the alias of the searched index stands for more than one index")]
    SeveralIndices,
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
            _ if is_outage(&body) => Self::NotReady { status, body },
            _ => Self::Refused { status, body },
        }
    }
}

impl From<SearchError> for Error {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Unreachable(_)
            | SearchError::NotReady { .. }
            | SearchError::SeveralIndices => {
                Self::Unavailable { dependency: "elasticsearch", source: Arc::new(error) }
            }
            _ => Self::Internal(Arc::new(error)),
        }
    }
}

/// The body of a response that is not a success.
#[derive(Deserialize)]
struct Failure<'a> {
    #[serde(borrow)]
    error: Cause<'a>,
}

/// Why a search failed, or one of its shards did.
#[derive(Deserialize)]
struct Cause<'a> {
    #[serde(borrow, rename = "type")]
    kind: Cow<'a, str>,
    #[serde(borrow, default)]
    root_cause: Vec<Cause<'a>>,
}

/// Whether the error itself or one of its causes is an outage.
fn is_outage(body: &str) -> bool {
    serde_json::from_str(body).is_ok_and(|Failure { error }| {
        std::iter::once(&error)
            .chain(&error.root_cause)
            .any(|cause| OUTAGES.contains(&cause.kind.as_ref()))
    })
}

/// The longest that an answer without documents is, in bytes: about.
const SMALL: usize = 8192;

/// The answer to one search of several, not yet read: success is checked with the reading,
/// which is all that can be done with it.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct RawAnswer(Box<RawValue>);

/// The answer to one search, with hits of the form `H`.
#[derive(Deserialize)]
struct SearchAnswer<H> {
    status: u16,
    #[serde(rename = "_shards")]
    shards: Option<Shards>,
    #[serde(default = "Hits::none")]
    hits: Hits<H>,
    #[serde(default = "HashMap::new")]
    aggregations: HashMap<String, Buckets>,
}

#[derive(Deserialize)]
struct Shards {
    total: u32,
}

#[derive(Deserialize)]
struct Hits<H> {
    hits: Vec<H>,
}

impl<H> Hits<H> {
    /// What is empty is not sent.
    const fn none() -> Self {
        Self { hits: Vec::new() }
    }
}

/// A hit of which fields of its document were asked for.
#[derive(Deserialize)]
struct Document<T> {
    #[serde(rename = "_source")]
    source: T,
}

/// A hit of which only the tags were asked for.
#[derive(Deserialize)]
struct Tagged {
    fields: TagsField,
}

#[derive(Deserialize)]
struct TagsField {
    tags: [Tags; 1],
}

#[derive(Deserialize)]
struct Status {
    status: u16,
}

#[derive(Deserialize)]
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

impl RawAnswer {
    /// Whether the index went away under the search: gone already, or its shards are.
    pub(super) fn is_of_a_lost_index(&self) -> bool {
        let text = self.0.get();
        text.len() < SMALL
            && serde_json::from_str(text).is_ok_and(|Status { status }| matches!(status, 404 | 503))
    }

    /// The documents, in their order; an error where this search of several failed, as in
    /// all that follow.
    pub fn documents<T: DeserializeOwned>(&self) -> Result<Vec<T>, SearchError> {
        let hits = self.read::<Document<T>>()?.hits.hits;
        Ok(hits.into_iter().map(|hit| hit.source).collect())
    }

    /// The tags of each video that has any, in their order.
    pub fn tags(&self) -> Result<Vec<Tags>, SearchError> {
        let hits = self.read::<Tagged>()?.hits.hits;
        Ok(hits.into_iter().map(|Tagged { fields: TagsField { tags: [tags] } }| tags).collect())
    }

    /// The days of the histogram `name`.
    pub fn days(&self, name: &str) -> Result<Vec<DayBucket>, SearchError> {
        let found = self.read::<IgnoredAny>()?.aggregations.remove(name);
        Ok(found.map(|found| found.buckets).unwrap_or_default())
    }

    fn read<H: DeserializeOwned>(&self) -> Result<SearchAnswer<H>, SearchError> {
        let answer: SearchAnswer<H> = serde_json::from_str(self.0.get())?;
        if answer.status == 200 {
            return match answer.shards {
                Some(Shards { total }) if total > SHARDS => Err(SearchError::SeveralIndices),
                _ => Ok(answer),
            };
        }
        Err(SearchError::of_status(answer.status, self.0.get().to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_classified_by_their_type_and_causes() {
        let of = |status, error: &str| SearchError::of_status(status, error.to_owned());
        for (status, error) in [
            (400, r#"{"error":{"type":"index_closed_exception","reason":"closed"}}"#),
            (403, r#"{"error":{"type":"cluster_block_exception"},"status":403}"#),
            (
                400,
                r#"{"error":{"type":"search_phase_execution_exception",
                    "root_cause":[{"type":"no_shard_available_action_exception"}]}}"#,
            ),
            (503, "all shards failed"),
            (429, ""),
        ] {
            assert!(matches!(of(status, error), SearchError::NotReady { .. }), "{error}");
        }
        for (status, error) in [
            (
                400,
                r#"{"error":{"type":"search_phase_execution_exception",
                    "root_cause":[{"type":"query_shard_exception",
                        "reason":"index_closed_exception"}]}}"#,
            ),
            (400, r#"{"error":"index_closed_exception"}"#),
            (403, ""),
        ] {
            assert!(matches!(of(status, error), SearchError::Refused { .. }), "{error}");
        }
    }
}
