//! The Elasticsearch client: searches, health check and data version.

use super::{
    query::Search,
    response::{SHARD_COUNT, SearchError, SearchResponse},
};
use crate::{Error, cache::VersionSource, http::Dependency, settings::ElasticsearchSettings};
use elasticsearch::{
    Elasticsearch, MsearchParts, SearchParts,
    http::{
        headers::{ACCEPT_ENCODING, HeaderValue},
        response::Response,
        transport::{MultiNodeConnectionPool, TransportBuilder},
    },
    indices::IndicesGetMappingParts,
};
use futures_util::{FutureExt, StreamExt, future::BoxFuture, stream::FuturesUnordered};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::value::RawValue;
use std::time::Duration;
use tokio::time::timeout;

/// Delay after which a request is also sent to the next node (hedged request).
const HEDGE_DELAY: Duration = Duration::from_millis(300);

/// Timeout of requests that manage indexes; searches have `elasticsearch.search_timeout_ms`.
const ADMIN_TIMEOUT: Duration = Duration::from_mins(1);

/// A kind of index.
pub(super) struct Schema {
    /// The name of the alias, after `elasticsearch.index_prefix`.
    alias: &'static str,
    /// Appended to the alias. An index with an older schema is not searched; `createtrend reindex`
    /// replaces it.
    version: &'static str,
    /// Settings and mappings, as JSON.
    pub(super) definition: &'static str,
}

const VIDEOS: Schema =
    Schema { alias: "videos", version: ".3", definition: include_str!("videos.json") };

const KEYWORDS: Schema =
    Schema { alias: "keywords", version: ".1", definition: include_str!("keywords.json") };

/// Response fields that are used; Elasticsearch omits all others.
const FILTER_PATH: &[&str] = &[
    "responses.status",
    "responses.error",
    "responses._shards.total",
    "responses.hits.hits._source",
    "responses.hits.hits.fields",
    "responses.aggregations",
];

/// The error type of a search of a closed index, as in the response body.
const INDEX_CLOSED: &str = "\"index_closed_exception\"";

/// A client of the cluster. Clones share connections.
#[derive(Clone)]
pub struct SearchClient {
    pub(super) inner: Elasticsearch,
    nodes: usize,
    prefix: String,
    pub(super) search_timeout: Duration,
    pub(super) schema: &'static Schema,
}

#[derive(Deserialize)]
struct MultiSearchResponse {
    responses: Vec<SearchResponse>,
}

#[derive(Deserialize)]
struct HealthResponse {
    #[serde(rename = "_shards")]
    shards: ShardCounts,
}

#[derive(Deserialize)]
struct ShardCounts {
    total: u32,
    failed: u32,
}

impl SearchClient {
    /// A client of the nodes in `settings`; does not connect yet.
    pub fn new(settings: &ElasticsearchSettings) -> Result<Self, SearchError> {
        let address = |text: &String| {
            text.parse().map_err(|error| {
                SearchError::InvalidAddress(format!("elasticsearch.url: {text}: {error}"))
            })
        };
        let urls = settings.url.0.iter().map(address).collect::<Result<Vec<_>, _>>()?;
        if urls.is_empty() {
            return Err(SearchError::InvalidAddress("elasticsearch.url is empty".to_owned()));
        }
        let nodes = urls.len();
        let pool = MultiNodeConnectionPool::round_robin(urls, None);
        let transport = TransportBuilder::new(pool)
            .disable_proxy()
            .timeout(ADMIN_TIMEOUT)
            // On a local network compression costs more than the transfer.
            .header(ACCEPT_ENCODING, HeaderValue::from_static("identity"))
            .build()
            .map_err(|error| SearchError::InvalidAddress(error.to_string()))?;
        Ok(Self {
            inner: Elasticsearch::new(transport),
            nodes,
            prefix: settings.index_prefix.clone(),
            search_timeout: settings.search_timeout_ms.duration(),
            schema: &VIDEOS,
        })
    }

    /// A client of the index of suggested keywords, with the same connections; `new` returns a
    /// client of the index of videos.
    pub fn for_keyword_index(&self) -> Self {
        Self { schema: &KEYWORDS, ..self.clone() }
    }

    /// The name of the alias, without schema version.
    pub fn alias(&self) -> String {
        format!("{}{}", self.prefix, self.schema.alias)
    }

    /// The name of the alias that services search; it includes the schema version.
    pub fn versioned_alias(&self) -> String {
        self.alias() + self.schema.version
    }

    /// Runs several searches in one round trip; responses are in the order of the searches.
    pub async fn search_all<const N: usize>(
        &self,
        searches: [Search; N],
    ) -> Result<[SearchResponse; N], SearchError> {
        let responses = self.search_each(&searches).await?;
        responses
            .try_into()
            .map_err(|responses: Vec<_>| SearchError::ResponseCount(responses.len(), N))
    }

    /// Boxed: otherwise each calling crate compiles it again.
    fn search_each<'a>(
        &'a self,
        searches: &'a [Search],
    ) -> BoxFuture<'a, Result<Vec<SearchResponse>, SearchError>> {
        async move {
            let responses = self.msearch(searches).await?;
            // The index was just replaced; the alias refers to the new one by now.
            if responses.iter().any(SearchResponse::is_index_unavailable) {
                return self.msearch(searches).await;
            }
            Ok(responses)
        }
        .boxed()
    }

    async fn msearch(&self, searches: &[Search]) -> Result<Vec<SearchResponse>, SearchError> {
        let alias = self.versioned_alias();
        let index = [alias.as_str()];
        let send = || {
            let request = self.inner.msearch(MsearchParts::Index(&index)).filter_path(FILTER_PATH);
            request.body(searches.iter().collect()).request_timeout(self.search_timeout).send()
        };
        let response: MultiSearchResponse = self.execute_hedged(send).await?;
        Ok(response.responses)
    }

    /// The readiness check of the index, for `/health/ready`.
    pub fn dependency(&self) -> Dependency {
        let client = self.clone();
        Dependency::new("elasticsearch", move || {
            let client = client.clone();
            async move { client.check().await }
        })
    }

    /// The version of the searched documents, for caches: the index of the alias, and the value
    /// that [`SearchClient::advance_version`] stored last.
    pub fn version_source(&self) -> VersionSource {
        let client = self.clone();
        VersionSource::new("elasticsearch", move || {
            let client = client.clone();
            async move { client.data_version().await.map_err(Error::from) }
        })
    }

    async fn data_version(&self) -> Result<String, SearchError> {
        let alias = self.versioned_alias();
        let index = [alias.as_str()];
        let indices = self.inner.indices();
        let send = || {
            let request = indices.get_mapping(IndicesGetMappingParts::Index(&index));
            // `dynamic` is always set: without `_meta` the response still has the index name.
            let request = request.filter_path(&["*.mappings._meta", "*.mappings.dynamic"]);
            request.request_timeout(self.search_timeout).send()
        };
        let mapping: Box<RawValue> = self.execute_hedged(send).await?;
        Ok(mapping.get().to_owned())
    }

    /// Checks that the alias refers to a single, open index with all shards.
    pub async fn check(&self) -> Result<(), String> {
        let alias = self.versioned_alias();
        let index = [alias.as_str()];
        let send = || {
            let request = self.inner.search(SearchParts::Index(&index)).size(0);
            let request = request.track_total_hits(false).allow_partial_search_results(false);
            request.request_timeout(self.search_timeout).send()
        };
        match self.execute_hedged(send).await {
            Ok(HealthResponse { shards }) if shards.total > SHARD_COUNT => {
                Err(format!("`{alias}` refers to more than one index"))
            }
            Ok(HealthResponse { shards }) if shards.failed > 0 || shards.total == 0 => {
                Err("cannot be searched".to_owned())
            }
            Ok(_) => Ok(()),
            Err(SearchError::Unavailable { status: 404, .. }) => {
                Err(format!("index `{alias}` is missing: run `createtrend reindex`"))
            }
            Err(SearchError::Unavailable { body, .. }) if body.contains(INDEX_CLOSED) => {
                Err(format!("index `{alias}` is closed"))
            }
            Err(SearchError::Unreachable(_)) => Err("unreachable".to_owned()),
            Err(_) => Err("cannot be searched".to_owned()),
        }
    }

    /// Sends an idempotent request, which the library neither retries nor hedges: if a node is
    /// unreachable, outside the cluster or slow, also to the next node. The first response wins.
    pub(super) async fn execute_hedged<T, F>(&self, send: impl Fn() -> F) -> Result<T, SearchError>
    where
        T: DeserializeOwned,
        F: Future<Output = Result<Response, elasticsearch::Error>>,
    {
        let mut requests = FuturesUnordered::from_iter([execute(send())]);
        let mut untried = self.nodes - 1;
        loop {
            let response = if untried == 0 {
                requests.next().await
            } else {
                timeout(HEDGE_DELAY, requests.next()).await.unwrap_or(None)
            };
            match response {
                Some(Err(error)) if untried == 0 && requests.is_empty() => return Err(error),
                Some(Err(
                    SearchError::Unreachable(_) | SearchError::Unavailable { status: 503, .. },
                ))
                | None => {}
                Some(response) => return response,
            }
            if untried > 0 {
                untried -= 1;
                requests.push(execute(send()));
            }
        }
    }
}

/// Parses the response to `request`, after a check of its status.
pub(super) async fn execute<T: DeserializeOwned>(
    request: impl Future<Output = Result<Response, elasticsearch::Error>>,
) -> Result<T, SearchError> {
    let response = request.await.map_err(SearchError::Unreachable)?;
    let status = response.status_code();
    let body = response.bytes().await.map_err(SearchError::Unreachable)?;
    if status.is_success() {
        return Ok(serde_json::from_slice(&body)?);
    }
    let body = String::from_utf8_lossy(&body).into_owned();
    Err(SearchError::from_status(status.as_u16(), body))
}
