//! Responses and errors of Elasticsearch.

use super::tags::Tags;
use crate::{Error, http::StartError};
use chrono::NaiveDate;
use elasticsearch::http::response::{Cause, Exception};
use serde::{
    Deserialize,
    de::{DeserializeOwned, IgnoredAny},
};
use serde_json::value::RawValue;
use std::{collections::HashMap, sync::Arc};

/// Number of shards of an index, as in `videos.json`: a search of more shards has searched more
/// than one index.
pub(super) const SHARD_COUNT: u32 = 1;

/// Error types of an unavailable cluster or index, for any HTTP status.
const OUTAGES: [&str; 7] = [
    "circuit_breaking_exception",
    "cluster_block_exception",
    "es_rejected_execution_exception",
    "index_closed_exception",
    "index_not_found_exception",
    "no_shard_available_action_exception",
    "unavailable_shards_exception",
];

/// A failed request to Elasticsearch.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// Connection error or timeout.
    #[error("Elasticsearch is unreachable")]
    Unreachable(#[source] elasticsearch::Error),
    /// The index is missing or closed, a shard is unavailable, or the cluster is overloaded or
    /// blocked.
    #[error("Elasticsearch is unavailable (HTTP {status}): {body}")]
    Unavailable {
        /// HTTP status.
        status: u16,
        /// Response body.
        body: String,
    },
    /// The request is invalid.
    #[error("Elasticsearch rejected the request (HTTP {status}): {body}")]
    Rejected {
        /// HTTP status.
        status: u16,
        /// Response body.
        body: String,
    },
    /// The response cannot be parsed.
    #[error("invalid response from Elasticsearch: {0}")]
    InvalidResponse(#[from] serde_json::Error),
    /// The alias refers to more than one index: hits would be duplicated.
    #[error("the search alias refers to more than one index")]
    MultipleIndices,
    /// The number of responses differs from the number of searches.
    #[error("Elasticsearch returned {0} responses to {1} searches")]
    ResponseCount(usize, usize),
    /// Invalid address.
    #[error("{0}")]
    InvalidAddress(String),
}

impl SearchError {
    /// Classifies a response with an error status.
    pub(super) fn from_status(status: u16, body: String) -> Self {
        match status {
            404 | 408 | 429 | 500.. => Self::Unavailable { status, body },
            _ if is_outage(&body) => Self::Unavailable { status, body },
            _ => Self::Rejected { status, body },
        }
    }
}

impl From<SearchError> for Error {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Unreachable(_)
            | SearchError::Unavailable { .. }
            | SearchError::MultipleIndices => {
                Self::Unavailable { dependency: "elasticsearch", source: Arc::new(error) }
            }
            _ => Self::Internal(Arc::new(error)),
        }
    }
}

impl From<SearchError> for StartError {
    fn from(error: SearchError) -> Self {
        Self::Resource(format!("cannot create the Elasticsearch client: {error}"))
    }
}

/// Whether the type of the error, or of one of its root causes, is an outage.
fn is_outage(body: &str) -> bool {
    serde_json::from_str(body).is_ok_and(|exception: Exception| {
        let error = exception.error();
        let causes = error.root_cause().iter().map(Cause::ty);
        causes.chain([error.ty()]).flatten().any(|kind| OUTAGES.contains(&kind))
    })
}

/// Approximate maximum size of an error response, in bytes.
const MAX_ERROR_BYTES: usize = 8192;

/// The unparsed response to one search of a multi-search. Its status is checked when it is parsed.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct SearchResponse(Box<RawValue>);

/// The response to one search, with hits of type `H`.
#[derive(Deserialize)]
struct ParsedResponse<H> {
    status: u16,
    #[serde(rename = "_shards")]
    shards: Option<Shards>,
    #[serde(default = "Hits::empty")]
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
    /// Elasticsearch omits empty fields because of `filter_path`.
    const fn empty() -> Self {
        Self { hits: Vec::new() }
    }
}

/// A hit with fields of the stored document.
#[derive(Deserialize)]
struct SourceHit<T> {
    #[serde(rename = "_source")]
    source: T,
}

/// A hit with the doc values of the tags.
#[derive(Deserialize)]
struct TagsHit {
    fields: TagsField,
}

#[derive(Deserialize)]
struct TagsField {
    tags: [Tags; 1],
}

/// A hit with the doc values of the `idx`, the channel and the tags.
#[derive(Deserialize)]
struct TaggedVideoHit {
    fields: TaggedVideoFields,
}

#[derive(Deserialize)]
struct TaggedVideoFields {
    idx: [i32; 1],
    #[serde(default)]
    channel_idx: Vec<i32>,
    #[serde(default)]
    tags: Vec<Tags>,
}

/// A video with its channel and its tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaggedVideo {
    /// Database id.
    pub idx: i32,
    /// The channel, if it is known.
    pub channel: Option<i32>,
    /// The tags in order.
    pub tags: Tags,
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
    /// Number of documents.
    #[serde(rename = "doc_count")]
    pub count: u32,
    /// The mean of the aggregated field, if the aggregation has one.
    #[serde(default)]
    pub mean: Mean,
}

/// The result of an `avg` aggregation.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Mean {
    /// `None` if no document has a value.
    pub value: Option<f64>,
}

impl SearchResponse {
    /// Whether the index was missing or a shard unavailable.
    pub(super) fn is_index_unavailable(&self) -> bool {
        let text = self.0.get();
        text.len() < MAX_ERROR_BYTES
            && serde_json::from_str(text).is_ok_and(|Status { status }| matches!(status, 404 | 503))
    }

    /// The documents in order. This and the methods below return the error of a failed search.
    pub fn documents<T: DeserializeOwned>(&self) -> Result<Vec<T>, SearchError> {
        let hits = self.parse::<SourceHit<T>>()?.hits.hits;
        Ok(hits.into_iter().map(|hit| hit.source).collect())
    }

    /// The tags of each video that has any, in order.
    pub fn tags(&self) -> Result<Vec<Tags>, SearchError> {
        let hits = self.parse::<TagsHit>()?.hits.hits;
        Ok(hits.into_iter().map(|TagsHit { fields: TagsField { tags: [tags] } }| tags).collect())
    }

    /// The `idx`, the channel and the tags of each video, in order.
    pub fn tagged_videos(&self) -> Result<Vec<TaggedVideo>, SearchError> {
        let hits = self.parse::<TaggedVideoHit>()?.hits.hits;
        let video = |TaggedVideoHit { fields }: TaggedVideoHit| {
            let TaggedVideoFields { idx: [idx], channel_idx, mut tags } = fields;
            let tags = tags.pop().unwrap_or_default();
            TaggedVideo { idx, channel: channel_idx.first().copied(), tags }
        };
        Ok(hits.into_iter().map(video).collect())
    }

    /// The days of the histogram `name`.
    pub fn days(&self, name: &str) -> Result<Vec<DayBucket>, SearchError> {
        let aggregation = self.parse::<IgnoredAny>()?.aggregations.remove(name);
        Ok(aggregation.map(|aggregation| aggregation.buckets).unwrap_or_default())
    }

    fn parse<H: DeserializeOwned>(&self) -> Result<ParsedResponse<H>, SearchError> {
        let response: ParsedResponse<H> = serde_json::from_str(self.0.get())?;
        if response.status == 200 {
            return match response.shards {
                Some(Shards { total }) if total > SHARD_COUNT => Err(SearchError::MultipleIndices),
                _ => Ok(response),
            };
        }
        Err(SearchError::from_status(response.status, self.0.get().to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn error_with_outage_type_or_root_cause_is_unavailable() {
        let classify = |status, error: &str| SearchError::from_status(status, error.to_owned());
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
            assert!(matches!(classify(status, error), SearchError::Unavailable { .. }), "{error}");
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
            assert!(matches!(classify(status, error), SearchError::Rejected { .. }), "{error}");
        }
    }
}
