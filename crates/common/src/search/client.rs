//! The client, with one executor that checks every answer.

use super::{
    answer::{RawAnswer, SearchError},
    query::Search,
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

/// How long a node may be silent until the next one is asked as well.
const PATIENCE: Duration = Duration::from_millis(300);

/// The alias of the index, after its prefix.
const VIDEOS: &str = "videos";

/// What the alias of an index of this form has at its end: `videos.json` has changed so
/// often. An index of an older form is not searched, but replaced by `createtrend reindex`.
const FORM: &str = ".2";

/// The parts of an answer that are read; the rest is not sent.
const WANTED: &str = "responses.status,responses.error,responses._shards.total,\
                      responses.hits.hits._source,responses.hits.hits.fields,\
                      responses.aggregations";

/// The shards of an index, as in `videos.json`: a search that meets more has met more than
/// one index.
pub(super) const SHARDS: u32 = 1;

/// The type of the error that a closed index gives.
const INDEX_CLOSED: &str = "\"index_closed_exception\"";

/// A client of the cluster. Cloning shares its connections.
#[derive(Clone)]
pub struct SearchClient {
    inner: Elasticsearch,
    nodes: usize,
    prefix: String,
    deadline: Duration,
}

#[derive(Deserialize)]
struct Several {
    responses: Vec<RawAnswer>,
}

/// The answer to a search that only finds out whether the index can be searched.
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
    /// A client of the nodes in `settings`. Connects to nothing yet.
    pub fn new(settings: &ElasticsearchSettings) -> Result<Self, SearchError> {
        let address = |text: &String| {
            text.parse().map_err(|error| {
                SearchError::Address(format!("elasticsearch.url: {text}: {error}"))
            })
        };
        let urls = settings.url.0.iter().map(address).collect::<Result<Vec<_>, _>>()?;
        if urls.is_empty() {
            return Err(SearchError::Address("elasticsearch.url is empty".to_owned()));
        }
        let nodes = urls.len();
        let pool = MultiNodeConnectionPool::round_robin(urls, None);
        let transport = TransportBuilder::new(pool)
            .disable_proxy()
            .build()
            .map_err(|error| SearchError::Address(error.to_string()))?;
        Ok(Self {
            inner: Elasticsearch::new(transport),
            nodes,
            prefix: settings.index_prefix.clone(),
            deadline: settings.deadline_ms.duration(),
        })
    }

    /// The name of the alias of the index, whatever its form.
    pub fn alias(&self) -> String {
        format!("{}{VIDEOS}", self.prefix)
    }

    /// The name of the alias that the services search: of an index that has all they need.
    pub fn searched_alias(&self) -> String {
        self.alias() + FORM
    }

    /// Runs several searches of the videos in one round trip; the answers are in their
    /// order.
    pub async fn search_all<const N: usize>(
        &self,
        searches: [Search; N],
    ) -> Result<[RawAnswer; N], SearchError> {
        let mut lines = BytesMut::new();
        for search in &searches {
            lines.put_slice(b"{\"allow_partial_search_results\":false}\n");
            lines.put_slice(&serde_json::to_vec(search)?);
            lines.put_u8(b'\n');
        }
        let lines = lines.freeze();
        let mut answers = self.search_lines(lines.clone()).await?;
        // The index was replaced just then. The alias leads to the new one by now.
        if answers.iter().any(RawAnswer::is_of_a_lost_index) {
            answers = self.search_lines(lines).await?;
        }
        answers.try_into().map_err(|answers: Vec<_>| SearchError::Count(answers.len(), N))
    }

    async fn search_lines(&self, lines: Bytes) -> Result<Vec<RawAnswer>, SearchError> {
        let path = format!("/{}/_msearch?filter_path={WANTED}", self.searched_alias());
        let several: Several = self.ask(Method::Post, &path, Some(lines)).await?;
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

    /// The version of the searched documents, for caches: which index the alias stands for,
    /// and what [`SearchClient::advance_version`] has last written there.
    pub fn version_source(&self) -> VersionSource {
        let client = self.clone();
        VersionSource::new("elasticsearch", move || {
            let client = client.clone();
            async move { client.data_version().await.map_err(Error::from) }
        })
    }

    async fn data_version(&self) -> Result<String, SearchError> {
        let alias = self.searched_alias();
        // An index without `_meta` has a mapping nevertheless: its name is in the response.
        let parts = "*.mappings._meta,*.mappings.dynamic";
        let path = format!("/{alias}/_mapping?filter_path={parts}");
        let mapping: Box<RawValue> = self.ask(Method::Get, &path, None).await?;
        Ok(mapping.get().to_owned())
    }

    /// Whether the index behind the alias is there, alone, open and complete.
    pub async fn check(&self) -> Result<(), String> {
        let alias = self.searched_alias();
        let path = format!(
            "/{alias}/_search?size=0&track_total_hits=false&allow_partial_search_results=false"
        );
        match self.ask::<Probe>(Method::Get, &path, None).await {
            Ok(Probe { shards }) if shards.total > SHARDS => {
                Err(format!("`{alias}` stands for more than one index"))
            }
            Ok(Probe { shards }) if shards.failed > 0 || shards.total == 0 => {
                Err("cannot be searched".to_owned())
            }
            Ok(_) => Ok(()),
            Err(SearchError::NotReady { status: 404, .. }) => {
                Err(format!("there is no index `{alias}`: run `createtrend reindex`"))
            }
            Err(SearchError::NotReady { body, .. }) if body.contains(INDEX_CLOSED) => {
                Err(format!("the index `{alias}` is closed"))
            }
            Err(SearchError::Unreachable(_)) => Err("does not answer".to_owned()),
            Err(_) => Err("cannot be searched".to_owned()),
        }
    }

    /// As [`SearchClient::execute`], for what may be asked twice: where a node is gone, or
    /// not yet part of the cluster again, or silent for a while, the next one is asked too,
    /// and the first answer is taken.
    async fn ask<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Option<Bytes>,
    ) -> Result<T, SearchError> {
        let ask = || self.execute(method, path, body.clone(), self.deadline);
        let mut asked = FuturesUnordered::from_iter([ask()]);
        let mut others = self.nodes - 1;
        loop {
            let answer = if others == 0 {
                asked.next().await
            } else {
                timeout(PATIENCE, asked.next()).await.unwrap_or(None)
            };
            match answer {
                Some(Err(error)) if others == 0 && asked.is_empty() => return Err(error),
                Some(Err(
                    SearchError::Unreachable(_) | SearchError::NotReady { status: 503, .. },
                ))
                | None => {}
                Some(answer) => return answer,
            }
            if others > 0 {
                others -= 1;
                asked.push(ask());
            }
        }
    }

    /// Sends one request and reads its answer: the only way to the cluster.
    ///
    /// `body` is JSON, or lines of JSON: the cluster takes both for lines.
    pub async fn execute<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Option<Bytes>,
        deadline: Duration,
    ) -> Result<T, SearchError> {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-ndjson"));
        // Beside each other, packing an answer costs both sides more than sending it.
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
