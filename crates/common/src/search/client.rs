//! The client: one executor that checks every response.

use super::{
    query::Search,
    response::{SearchError, SearchResponse},
};
use crate::{Error, cache::VersionSource, http::Dependency, settings::ElasticsearchSettings};
use bytes::{BufMut, Bytes, BytesMut};
use elasticsearch::{
    Elasticsearch,
    http::{
        Method,
        headers::{ACCEPT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderValue},
        response::Response,
        transport::{MultiNodeConnectionPool, TransportBuilder},
    },
};
use futures_util::{StreamExt, stream::FuturesUnordered};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::value::RawValue;
use std::time::Duration;
use tokio::time::timeout;

/// Delay after which a request is also sent to the next node (hedged request).
const HEDGE_DELAY: Duration = Duration::from_millis(300);

/// The alias of the index, after its prefix.
const VIDEOS: &str = "videos";

/// Schema version of `videos.json`, appended to the alias. An index with an older schema is not
/// searched; `createtrend reindex` replaces it.
const SCHEMA_VERSION: &str = ".2";

/// Response fields that are used; Elasticsearch omits all others.
const FILTER_PATH: &str = "responses.status,responses.error,responses._shards.total,\
                      responses.hits.hits._source,responses.hits.hits.fields,\
                      responses.aggregations";

/// Number of shards of an index, as in `videos.json`. A search of more shards has searched more
/// than one index.
pub(super) const SHARD_COUNT: u32 = 1;

/// The error type of a closed index.
const INDEX_CLOSED: &str = "\"index_closed_exception\"";

/// A client of the cluster. Clones share connections.
#[derive(Clone)]
pub struct SearchClient {
    inner: Elasticsearch,
    nodes: usize,
    prefix: String,
    deadline: Duration,
}

#[derive(Deserialize)]
struct MultiSearchResponse {
    responses: Vec<SearchResponse>,
}

/// The response to a search that only checks whether the index can be searched.
#[derive(Deserialize)]
struct Probe {
    #[serde(rename = "_shards")]
    shards: ProbedShards,
}

#[derive(Deserialize)]
struct ProbedShards {
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
            .build()
            .map_err(|error| SearchError::InvalidAddress(error.to_string()))?;
        Ok(Self {
            inner: Elasticsearch::new(transport),
            nodes,
            prefix: settings.index_prefix.clone(),
            deadline: settings.deadline_ms.duration(),
        })
    }

    /// The name of the alias of the index, without schema version.
    pub fn alias(&self) -> String {
        format!("{}{VIDEOS}", self.prefix)
    }

    /// The name of the alias that services search: of the index with the current schema.
    pub fn versioned_alias(&self) -> String {
        self.alias() + SCHEMA_VERSION
    }

    /// Runs several searches in one round trip; responses are in the order of the searches.
    pub async fn search_all<const N: usize>(
        &self,
        searches: [Search; N],
    ) -> Result<[SearchResponse; N], SearchError> {
        let mut lines = BytesMut::new();
        for search in &searches {
            lines.put_slice(b"{\"allow_partial_search_results\":false}\n");
            lines.put_slice(&serde_json::to_vec(search)?);
            lines.put_u8(b'\n');
        }
        let lines = lines.freeze();
        let mut responses = self.msearch(lines.clone()).await?;
        // The index was just replaced; the alias refers to the new one by now.
        if responses.iter().any(SearchResponse::is_index_unavailable) {
            responses = self.msearch(lines).await?;
        }
        responses
            .try_into()
            .map_err(|responses: Vec<_>| SearchError::ResponseCount(responses.len(), N))
    }

    async fn msearch(&self, lines: Bytes) -> Result<Vec<SearchResponse>, SearchError> {
        let path = format!("/{}/_msearch?filter_path={FILTER_PATH}", self.versioned_alias());
        let several: MultiSearchResponse =
            self.execute_hedged(Method::Post, &path, Some(lines)).await?;
        Ok(several.responses)
    }

    /// The cluster as `/health/ready` sees it.
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
        // An index without `_meta` has a mapping nevertheless: its name is in the response.
        let parts = "*.mappings._meta,*.mappings.dynamic";
        let path = format!("/{alias}/_mapping?filter_path={parts}");
        let mapping: Box<RawValue> = self.execute_hedged(Method::Get, &path, None).await?;
        Ok(mapping.get().to_owned())
    }

    /// Checks that the alias refers to a single, open index with all shards.
    pub async fn check(&self) -> Result<(), String> {
        let alias = self.versioned_alias();
        let path = format!(
            "/{alias}/_search?size=0&track_total_hits=false&allow_partial_search_results=false"
        );
        match self.execute_hedged::<Probe>(Method::Get, &path, None).await {
            Ok(Probe { shards }) if shards.total > SHARD_COUNT => {
                Err(format!("`{alias}` refers to more than one index"))
            }
            Ok(Probe { shards }) if shards.failed > 0 || shards.total == 0 => {
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

    /// As [`SearchClient::execute`], for idempotent requests: if a node is unreachable, not part of
    /// the cluster or slow, the request is also sent to the next node; the first response wins.
    async fn execute_hedged<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Option<Bytes>,
    ) -> Result<T, SearchError> {
        let send = || self.execute(method, path, body.clone(), self.deadline);
        let mut requests = FuturesUnordered::from_iter([send()]);
        let mut others = self.nodes - 1;
        loop {
            let response = if others == 0 {
                requests.next().await
            } else {
                timeout(HEDGE_DELAY, requests.next()).await.unwrap_or(None)
            };
            match response {
                Some(Err(error)) if others == 0 && requests.is_empty() => return Err(error),
                Some(Err(
                    SearchError::Unreachable(_) | SearchError::Unavailable { status: 503, .. },
                ))
                | None => {}
                Some(response) => return response,
            }
            if others > 0 {
                others -= 1;
                requests.push(send());
            }
        }
    }

    /// Sends a request and parses its response; every request to the cluster uses it.
    ///
    /// `body` is JSON or newline-delimited JSON; both are sent as NDJSON.
    pub async fn execute<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Option<Bytes>,
        deadline: Duration,
    ) -> Result<T, SearchError> {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-ndjson"));
        // On a local network compression costs more than the transfer.
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        let no_query: Option<&()> = None;
        let sending = self.inner.send(method, path, headers, no_query, body, Some(deadline));
        let response = sending.await.map_err(SearchError::Unreachable)?;
        let bytes = checked(response).await?;
        Ok(serde_json::from_slice(&bytes)?)
    }
}

async fn checked(response: Response) -> Result<Bytes, SearchError> {
    let status = response.status_code();
    let bytes = response.bytes().await.map_err(SearchError::Unreachable)?;
    if status.is_success() {
        return Ok(bytes);
    }
    let body = String::from_utf8_lossy(&bytes).into_owned();
    Err(SearchError::of_status(status.as_u16(), body))
}
