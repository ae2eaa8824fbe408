//! Index management: each rebuild creates a new index and moves the alias to it.

use super::{
    client::{SearchClient, execute},
    document::VideoDocument,
    response::SearchError,
    suggest::KeywordDocument,
};
use elasticsearch::{
    BulkOperation, BulkParts, CountParts,
    cluster::ClusterHealthParts,
    http::response::Response,
    indices::{
        IndicesAnalyzeParts, IndicesCreateParts, IndicesDeleteParts, IndicesFlushParts,
        IndicesForcemergeParts, IndicesGetAliasParts, IndicesGetParts, IndicesPutMappingParts,
        IndicesPutSettingsParts, IndicesRefreshParts,
    },
    params::ExpandWildcards,
};
use serde::{Deserialize, Serialize, de::IgnoredAny};
use serde_json::{Map, Value, json, value::RawValue};
use std::{collections::BTreeMap, time::Duration};

/// Timeout of merging the segments of an index.
const MERGE_TIMEOUT: Duration = Duration::from_mins(10);

/// Settings during a bulk load: no refresh and no fsync, because a crash restarts the rebuild.
const BULK_LOAD_SETTINGS: [(&str, &str); 2] =
    [("index.refresh_interval", "-1"), ("index.translog.durability", "async")];

/// Settings of an index that is searched: durable writes, visible within a second.
const ONLINE_SETTINGS: [(&str, &str); 2] =
    [("index.refresh_interval", "1s"), ("index.translog.durability", "request")];

#[derive(Deserialize)]
struct BulkResponse {
    errors: bool,
    #[serde(default)]
    items: Vec<BTreeMap<String, BulkItem>>,
}

#[derive(Deserialize)]
struct BulkItem {
    status: u16,
    error: Option<Value>,
}

#[derive(Deserialize)]
struct CountResponse {
    count: u64,
}

#[derive(Deserialize)]
struct ClusterHealth {
    status: String,
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
    /// Creates the empty index `<alias>-<version>` and returns its name. Documents are not
    /// visible until [`SearchClient::finish_index`].
    pub async fn create_index(&self, version: &str) -> Result<String, SearchError> {
        let name = format!("{}-{version}", self.alias());
        let parts = IndicesCreateParts::Index(&name);
        let definition: &RawValue = serde_json::from_str(self.schema.definition)?;
        execute_ignored(self.inner.indices().create(parts).body(definition).send()).await?;
        self.put_settings(&name, BULK_LOAD_SETTINGS).await?;
        Ok(name)
    }

    /// Stores documents in `index`, with the idx of the video as id, and deletes the documents of
    /// the videos `removed`.
    pub async fn update_documents(
        &self,
        index: &str,
        documents: &[VideoDocument],
        removed: &[i32],
    ) -> Result<(), SearchError> {
        let stored = documents.iter().map(|document| (document.idx, document));
        self.bulk(index, stored, removed).await
    }

    /// As [`SearchClient::update_documents`], for keywords with their idx.
    pub async fn update_keywords(
        &self,
        index: &str,
        documents: &[(i32, KeywordDocument)],
        removed: &[i32],
    ) -> Result<(), SearchError> {
        let stored = documents.iter().map(|(idx, document)| (*idx, document));
        self.bulk(index, stored, removed).await
    }

    async fn bulk<'a, T: Serialize + 'a>(
        &self,
        index: &str,
        stored: impl Iterator<Item = (i32, &'a T)>,
        removed: &[i32],
    ) -> Result<(), SearchError> {
        let stored =
            stored.map(|(idx, document)| BulkOperation::index(document).id(idx.to_string()).into());
        let deleted = removed.iter().map(|idx| BulkOperation::delete(idx.to_string()).into());
        let operations: Vec<BulkOperation<&T>> = stored.chain(deleted).collect();
        if operations.is_empty() {
            return Ok(());
        }
        let request = self.inner.bulk(BulkParts::Index(index)).body(operations);
        let request = request.filter_path(&["errors", "items.*.status", "items.*.error"]);
        let response: BulkResponse = execute(request.send()).await?;
        if !response.errors {
            return Ok(());
        }
        let mut items = response.items.into_iter().flat_map(BTreeMap::into_values);
        match items.find_map(|item| Some((item.status, item.error?))) {
            Some((status, error)) => Err(SearchError::from_status(status, error.to_string())),
            None => Ok(()),
        }
    }

    /// Ends the bulk load of `index`: makes its documents durable and visible.
    pub async fn finish_index(&self, index: &str) -> Result<(), SearchError> {
        self.put_settings(index, ONLINE_SETTINGS).await?;
        let parts = IndicesFlushParts::Index(&[index]);
        execute_ignored(self.inner.indices().flush(parts).send()).await?;
        self.refresh(index).await
    }

    /// Merges the segments of `index` into one: each suggestion searches all segments.
    pub async fn merge_segments(&self, index: &str) -> Result<(), SearchError> {
        let parts = IndicesForcemergeParts::Index(&[index]);
        let indices = self.inner.indices();
        let request = indices.forcemerge(parts).max_num_segments(1);
        execute_ignored(request.request_timeout(MERGE_TIMEOUT).send()).await
    }

    /// Makes stored documents of `index` visible.
    pub async fn refresh(&self, index: &str) -> Result<(), SearchError> {
        let parts = IndicesRefreshParts::Index(&[index]);
        execute_ignored(self.inner.indices().refresh(parts).send()).await
    }

    /// Moves the aliases to `index` atomically, then deletes the previous indexes. With
    /// `remove_index` actions, an index could be deleted shortly before the aliases refer to the
    /// new one.
    pub async fn swap_alias(&self, index: &str) -> Result<(), SearchError> {
        let mut previous = self.list_indexes().await?;
        previous.retain(|name| name != index);
        let aliases = [self.alias(), self.versioned_alias()];
        let remove =
            |name| json!({"remove": {"index": name, "aliases": aliases, "must_exist": false}});
        let mut actions: Vec<_> = previous.iter().map(remove).collect();
        actions.push(json!({"add": {"index": index, "aliases": aliases}}));
        let body = json!({"actions": actions});
        execute_ignored(self.inner.indices().update_aliases().body(body).send()).await?;
        self.delete_indexes(&previous).await
    }

    /// The names of all indexes, including unfinished ones.
    pub async fn list_indexes(&self) -> Result<Vec<String>, SearchError> {
        let pattern = format!("{}-*", self.alias());
        let parts = IndicesGetParts::Index(&[&pattern]);
        let indices = self.inner.indices();
        let request = indices
            .get(parts)
            .expand_wildcards(&[ExpandWildcards::Open, ExpandWildcards::Closed])
            .filter_path(&["*.settings.index.uuid"]);
        index_names(execute(request.send()).await)
    }

    /// The name of the searched index, if it exists.
    pub async fn current_index(&self) -> Result<Option<String>, SearchError> {
        let alias = self.versioned_alias();
        let parts = IndicesGetAliasParts::Name(&[&alias]);
        let response = execute(self.inner.indices().get_alias(parts).send()).await;
        Ok(index_names(response)?.into_iter().next())
    }

    /// The number of visible documents of an index or alias.
    pub async fn count(&self, index: &str) -> Result<u64, SearchError> {
        let parts = CountParts::Index(&[index]);
        let response: CountResponse = execute(self.inner.count(parts).send()).await?;
        Ok(response.count)
    }

    /// The cluster's health: `green`, `yellow` or `red`.
    pub async fn cluster_status(&self) -> Result<String, SearchError> {
        let cluster = self.inner.cluster();
        let health: ClusterHealth =
            execute(cluster.health(ClusterHealthParts::None).send()).await?;
        Ok(health.status)
    }

    /// Splits a text into tokens by `tokenizer`.
    pub async fn tokenize(&self, tokenizer: &str, text: &str) -> Result<Vec<String>, SearchError> {
        let indices = self.inner.indices();
        let analyze = indices.analyze(IndicesAnalyzeParts::None);
        let request = analyze.body(json!({"tokenizer": tokenizer, "text": text}));
        let response: AnalyzeResponse = execute(request.send()).await?;
        Ok(response.tokens.into_iter().map(|token| token.token).collect())
    }

    /// Invalidates cached responses of all services after changes of `index` became visible.
    pub async fn advance_version(&self, index: &str) -> Result<(), SearchError> {
        let parts = IndicesPutMappingParts::Index(&[index]);
        let body = json!({"_meta": {"data_version": uuid::Uuid::new_v4().to_string()}});
        execute_ignored(self.inner.indices().put_mapping(parts).body(body).send()).await
    }

    /// Deletes indexes by name.
    pub async fn delete_indexes(&self, names: &[String]) -> Result<(), SearchError> {
        if names.is_empty() {
            return Ok(());
        }
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let parts = IndicesDeleteParts::Index(&names);
        execute_ignored(self.inner.indices().delete(parts).send()).await
    }

    async fn put_settings(
        &self,
        index: &str,
        settings: [(&str, &str); 2],
    ) -> Result<(), SearchError> {
        let parts = IndicesPutSettingsParts::Index(&[index]);
        let body = BTreeMap::from(settings);
        execute_ignored(self.inner.indices().put_settings(parts).body(body).send()).await
    }
}

/// As [`execute`], for a response whose body is not needed.
async fn execute_ignored(
    request: impl Future<Output = Result<Response, elasticsearch::Error>>,
) -> Result<(), SearchError> {
    execute(request).await.map(|_: IgnoredAny| ())
}

/// The keys of a response by index; none if no index exists.
fn index_names(
    response: Result<Map<String, Value>, SearchError>,
) -> Result<Vec<String>, SearchError> {
    match response {
        Ok(indexes) => Ok(indexes.into_iter().map(|(name, _)| name).collect()),
        Err(SearchError::Unavailable { status: 404, .. }) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}
