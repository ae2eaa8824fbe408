//! Index management: each rebuild creates a new index and moves the alias to it.

use super::{client::SearchClient, document::VideoDocument, response::SearchError};
use bytes::{BufMut, Bytes, BytesMut};
use elasticsearch::http::Method;
use serde::{Deserialize, Serialize, de::IgnoredAny};
use std::{collections::BTreeMap, time::Duration};

/// Timeout for creating, filling and swapping indexes.
const ADMIN_TIMEOUT: Duration = Duration::from_mins(1);

/// The settings and mapping of the index.
const MAPPING: &str = include_str!("videos.json");

#[derive(Serialize)]
struct AliasActions {
    actions: Vec<AliasAction>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum AliasAction {
    Add(AliasTarget),
    Remove(AliasRemoval),
}

#[derive(Serialize)]
struct AliasTarget {
    index: String,
    aliases: [String; 2],
}

#[derive(Serialize)]
struct AliasRemoval {
    #[serde(flatten)]
    target: AliasTarget,
    must_exist: bool,
}

#[derive(Deserialize)]
struct BulkResponse {
    errors: bool,
    #[serde(default)]
    items: Vec<BTreeMap<String, BulkItem>>,
}

#[derive(Deserialize)]
struct BulkItem {
    status: u16,
    error: Option<serde_json::Value>,
}

/// Settings while an index is filled: no refresh, and no fsync, as a crash restarts the rebuild.
const BULK_LOAD_SETTINGS: &str =
    r#"{"index":{"refresh_interval":"-1","translog":{"durability":"async"}}}"#;
/// Settings of a filled index: durable writes, visible within a second.
const SERVING_SETTINGS: &str =
    r#"{"index":{"refresh_interval":"1s","translog":{"durability":"request"}}}"#;

/// A response keyed by index name.
type Indexes = serde_json::Map<String, serde_json::Value>;

#[derive(Deserialize)]
struct Count {
    count: u64,
}

#[derive(Deserialize)]
struct ClusterHealth {
    status: String,
}

#[derive(Serialize)]
struct AnalyzeRequest<'a> {
    tokenizer: &'a str,
    text: &'a str,
}

#[derive(Deserialize)]
struct AnalyzeResponse {
    tokens: Vec<Token>,
}

#[derive(Deserialize)]
struct Token {
    token: String,
}

impl SearchClient {
    /// Creates the empty index `<prefix>videos-<version>` and returns its name. Documents are not
    /// visible until [`SearchClient::finish_index`].
    pub async fn create_index(&self, version: &str) -> Result<String, SearchError> {
        let name = format!("{}-{version}", self.alias());
        let body = Bytes::from_static(MAPPING.as_bytes());
        self.admin(Method::Put, &format!("/{name}"), Some(body)).await?;
        self.set(&name, BULK_LOAD_SETTINGS).await?;
        Ok(name)
    }

    /// Stores documents in `index`, with the idx of the video as id.
    pub async fn index_documents(
        &self,
        index: &str,
        documents: &[VideoDocument],
    ) -> Result<(), SearchError> {
        if documents.is_empty() {
            return Ok(());
        }
        let mut lines = BytesMut::with_capacity(documents.len() * 1024);
        for document in documents {
            lines.put_slice(format!("{{\"index\":{{\"_id\":\"{}\"}}}}\n", document.idx).as_bytes());
            lines.put_slice(&serde_json::to_vec(document)?);
            lines.put_u8(b'\n');
        }
        let path = format!("/{index}/_bulk?filter_path=errors,items.*.status,items.*.error");
        let response: BulkResponse =
            self.execute(Method::Post, &path, Some(lines.freeze()), ADMIN_TIMEOUT).await?;
        if !response.errors {
            return Ok(());
        }
        let failed = response.items.into_iter().flat_map(BTreeMap::into_values);
        match failed.into_iter().find(|item| item.error.is_some()) {
            Some(item) => Err(SearchError::of_status(
                item.status,
                item.error.map(|error| error.to_string()).unwrap_or_default(),
            )),
            None => Ok(()),
        }
    }

    /// Ends the bulk load of `index`: makes its documents durable and visible.
    pub async fn finish_index(&self, index: &str) -> Result<(), SearchError> {
        self.set(index, SERVING_SETTINGS).await?;
        self.admin(Method::Post, &format!("/{index}/_flush"), None).await?;
        self.refresh(index).await
    }

    /// Makes stored documents of `index` visible.
    pub async fn refresh(&self, index: &str) -> Result<(), SearchError> {
        self.admin(Method::Post, &format!("/{index}/_refresh"), None).await
    }

    /// Atomically moves the aliases to `index`, then deletes the previous indexes. If that were one
    /// step, an index could be deleted shortly before the aliases refer to the new one.
    pub async fn swap_alias(&self, index: &str) -> Result<(), SearchError> {
        let mut old = self.list_indexes().await?;
        old.retain(|name| name != index);
        let target = |index: &str| {
            let aliases = [self.alias(), self.versioned_alias()];
            AliasTarget { index: index.to_owned(), aliases }
        };
        let removal = |index: &String| AliasRemoval { target: target(index), must_exist: false };
        let mut actions: Vec<_> = old.iter().map(removal).map(AliasAction::Remove).collect();
        actions.push(AliasAction::Add(target(index)));
        let body = Bytes::from(serde_json::to_vec(&AliasActions { actions })?);
        self.admin(Method::Post, "/_aliases", Some(body)).await?;
        self.delete_indexes(&old).await
    }

    /// The names of all indexes, including unfinished ones.
    pub async fn list_indexes(&self) -> Result<Vec<String>, SearchError> {
        let path = format!(
            "/{}-*?expand_wildcards=open,closed&filter_path=*.settings.index.uuid",
            self.alias()
        );
        let found: Result<Indexes, _> = self.execute(Method::Get, &path, None, ADMIN_TIMEOUT).await;
        match found {
            Ok(indexes) => Ok(indexes.into_iter().map(|(name, _)| name).collect()),
            Err(SearchError::Unavailable { status: 404, .. }) => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    /// The name of the searched index, if it exists.
    pub async fn current_index(&self) -> Result<Option<String>, SearchError> {
        let path = format!("/_alias/{}", self.versioned_alias());
        let found: Result<Indexes, _> = self.execute(Method::Get, &path, None, ADMIN_TIMEOUT).await;
        match found {
            Ok(indexes) => Ok(indexes.into_iter().map(|(name, _)| name).next()),
            Err(SearchError::Unavailable { status: 404, .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The number of visible documents of an index or alias.
    pub async fn count(&self, index: &str) -> Result<u64, SearchError> {
        let path = format!("/{index}/_count");
        let response: Count = self.execute(Method::Get, &path, None, ADMIN_TIMEOUT).await?;
        Ok(response.count)
    }

    /// The cluster's health: `green`, `yellow` or `red`.
    pub async fn cluster_status(&self) -> Result<String, SearchError> {
        let health: ClusterHealth =
            self.execute(Method::Get, "/_cluster/health", None, ADMIN_TIMEOUT).await?;
        Ok(health.status)
    }

    /// Splits a text into tokens by `tokenizer`.
    pub async fn tokenize(&self, tokenizer: &str, text: &str) -> Result<Vec<String>, SearchError> {
        let body = serde_json::to_vec(&AnalyzeRequest { tokenizer, text })?;
        let response: AnalyzeResponse =
            self.execute(Method::Post, "/_analyze", Some(body.into()), ADMIN_TIMEOUT).await?;
        Ok(response.tokens.into_iter().map(|token| token.token).collect())
    }

    /// Invalidates cached responses of all services after changes of `index` became visible.
    pub async fn advance_version(&self, index: &str) -> Result<(), SearchError> {
        let version = uuid::Uuid::new_v4();
        let body = format!("{{\"_meta\":{{\"data_version\":\"{version}\"}}}}").into();
        self.admin(Method::Put, &format!("/{index}/_mapping"), Some(body)).await
    }

    /// Deletes indexes by name.
    pub async fn delete_indexes(&self, names: &[String]) -> Result<(), SearchError> {
        if names.is_empty() {
            return Ok(());
        }
        self.admin(Method::Delete, &format!("/{}", names.join(",")), None).await
    }

    async fn set(&self, index: &str, settings: &'static str) -> Result<(), SearchError> {
        let body = Bytes::from_static(settings.as_bytes());
        self.admin(Method::Put, &format!("/{index}/_settings"), Some(body)).await
    }

    async fn admin(
        &self,
        method: Method,
        path: &str,
        body: Option<Bytes>,
    ) -> Result<(), SearchError> {
        self.execute(method, path, body, ADMIN_TIMEOUT).await.map(|_: IgnoredAny| ())
    }
}
