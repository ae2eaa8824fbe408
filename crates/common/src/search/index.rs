//! The index: each rebuilding makes a new one, and an alias says which is searched.

use super::{answer::SearchError, client::SearchClient, document::VideoDocument};
use bytes::{BufMut, Bytes, BytesMut};
use elasticsearch::http::Method;
use serde::{Deserialize, Serialize, de::IgnoredAny};
use std::{collections::BTreeMap, time::Duration};

/// What creating, filling or swapping an index may take.
const ADMIN_LIMIT: Duration = Duration::from_mins(1);

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
    Remove(LostAlias),
}

#[derive(Serialize)]
struct AliasTarget {
    index: String,
    aliases: [String; 2],
}

#[derive(Serialize)]
struct LostAlias {
    #[serde(flatten)]
    target: AliasTarget,
    must_exist: bool,
}

#[derive(Deserialize)]
struct BulkAnswer {
    errors: bool,
    #[serde(default)]
    items: Vec<BTreeMap<String, BulkItem>>,
}

#[derive(Deserialize)]
struct BulkItem {
    status: u16,
    error: Option<serde_json::Value>,
}

/// How an index is while it is filled: nothing is shown, and what a crash would lose is
/// filled again.
const FILLED: &str = r#"{"index":{"refresh_interval":"-1","translog":{"durability":"async"}}}"#;
/// How it is from then on: what is stored is on the disk, and shown within a second.
const IN_USE: &str = r#"{"index":{"refresh_interval":"1s","translog":{"durability":"request"}}}"#;

/// What is said of each index; only the names are of interest.
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
struct AnalyzeAnswer {
    tokens: Vec<Token>,
}

#[derive(Deserialize)]
struct Token {
    token: String,
}

impl SearchClient {
    /// Makes the empty index `<prefix>videos-<version>`, to be filled, and returns its name.
    /// Nothing is visible in it until [`SearchClient::finish_index`].
    pub async fn create_index(&self, version: &str) -> Result<String, SearchError> {
        let name = format!("{}-{version}", self.alias());
        let body = Bytes::from_static(MAPPING.as_bytes());
        self.admin(Method::Put, &format!("/{name}"), Some(body)).await?;
        self.set(&name, FILLED).await?;
        Ok(name)
    }

    /// Stores documents in `index`, each under its video's number.
    pub async fn store(&self, index: &str, documents: &[VideoDocument]) -> Result<(), SearchError> {
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
        let answer: BulkAnswer =
            self.execute(Method::Post, &path, Some(lines.freeze()), ADMIN_LIMIT).await?;
        if !answer.errors {
            return Ok(());
        }
        let failed = answer.items.into_iter().flat_map(BTreeMap::into_values);
        match failed.into_iter().find(|item| item.error.is_some()) {
            Some(item) => Err(SearchError::of_status(
                item.status,
                item.error.map(|error| error.to_string()).unwrap_or_default(),
            )),
            None => Ok(()),
        }
    }

    /// Ends the filling of `index`: what was stored is on the disk and visible, now and from
    /// now on.
    pub async fn finish_index(&self, index: &str) -> Result<(), SearchError> {
        self.set(index, IN_USE).await?;
        self.admin(Method::Post, &format!("/{index}/_flush"), None).await?;
        self.refresh(index).await
    }

    /// Makes what was stored in `index` visible now.
    pub async fn refresh(&self, index: &str) -> Result<(), SearchError> {
        self.admin(Method::Post, &format!("/{index}/_refresh"), None).await
    }

    /// Lets the aliases stand for `index`, in one step, and then deletes the indexes of earlier
    /// versions: deleted in the same step, an index is gone a moment before the aliases lead
    /// to the new one.
    pub async fn swap_alias(&self, index: &str) -> Result<(), SearchError> {
        let mut old = self.versions().await?;
        old.retain(|name| name != index);
        let target = |index: &str| {
            let aliases = [self.alias(), self.searched_alias()];
            AliasTarget { index: index.to_owned(), aliases }
        };
        let lost = |index: &String| LostAlias { target: target(index), must_exist: false };
        let mut actions: Vec<_> = old.iter().map(lost).map(AliasAction::Remove).collect();
        actions.push(AliasAction::Add(target(index)));
        let body = Bytes::from(serde_json::to_vec(&AliasActions { actions })?);
        self.admin(Method::Post, "/_aliases", Some(body)).await?;
        self.delete_indexes(&old).await
    }

    /// The indexes of all versions, whether searched or left behind half-made.
    pub async fn versions(&self) -> Result<Vec<String>, SearchError> {
        let path = format!(
            "/{}-*?expand_wildcards=open,closed&filter_path=*.settings.index.uuid",
            self.alias()
        );
        let found: Result<Indexes, _> = self.execute(Method::Get, &path, None, ADMIN_LIMIT).await;
        match found {
            Ok(indexes) => Ok(indexes.into_iter().map(|(name, _)| name).collect()),
            Err(SearchError::NotReady { status: 404, .. }) => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    /// The index that is searched, if there is one.
    pub async fn current(&self) -> Result<Option<String>, SearchError> {
        let path = format!("/_alias/{}", self.searched_alias());
        let found: Result<Indexes, _> = self.execute(Method::Get, &path, None, ADMIN_LIMIT).await;
        match found {
            Ok(indexes) => Ok(indexes.into_iter().map(|(name, _)| name).next()),
            Err(SearchError::NotReady { status: 404, .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// How many documents `index` (or the alias) shows.
    pub async fn count(&self, index: &str) -> Result<u64, SearchError> {
        let path = format!("/{index}/_count");
        let answer: Count = self.execute(Method::Get, &path, None, ADMIN_LIMIT).await?;
        Ok(answer.count)
    }

    /// The cluster's health: `green`, `yellow` or `red`.
    pub async fn cluster_status(&self) -> Result<String, SearchError> {
        let health: ClusterHealth =
            self.execute(Method::Get, "/_cluster/health", None, ADMIN_LIMIT).await?;
        Ok(health.status)
    }

    /// The words that `tokenizer` makes of a text.
    pub async fn tokens(&self, tokenizer: &str, text: &str) -> Result<Vec<String>, SearchError> {
        let body = serde_json::to_vec(&AnalyzeRequest { tokenizer, text })?;
        let answer: AnalyzeAnswer =
            self.execute(Method::Post, "/_analyze", Some(body.into()), ADMIN_LIMIT).await?;
        Ok(answer.tokens.into_iter().map(|token| token.token).collect())
    }

    /// Tells services that the documents of `index` changed and are visible: cached responses
    /// are out of date.
    pub async fn advance_version(&self, index: &str) -> Result<(), SearchError> {
        let version = uuid::Uuid::new_v4();
        let body = format!("{{\"_meta\":{{\"data_version\":\"{version}\"}}}}").into();
        self.admin(Method::Put, &format!("/{index}/_mapping"), Some(body)).await
    }

    /// Removes indexes, by name.
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
        self.execute(method, path, body, ADMIN_LIMIT).await.map(|_: IgnoredAny| ())
    }
}
