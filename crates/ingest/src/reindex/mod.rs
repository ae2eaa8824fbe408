//! Builds and updates the search index in Elasticsearch from the rows of PostgreSQL.

mod invalid;
mod rows;
mod since;
mod suggestions;

pub use since::{Since, parse_since};
pub use suggestions::{SuggestionSummary, update_suggestions};

use crate::{
    load::LoadError,
    pending::pending_work,
    progress::{NoProgress, Progress, Task, Unit},
};
use chrono::{DateTime, Utc};
use common::{
    db::connect,
    search::{SearchClient, SearchError},
    settings::{CommonSettings, SettingsError},
};
use diesel_async::AsyncPgConnection;
use futures_util::{FutureExt, future::BoxFuture};
use invalid::InvalidValues;
use rows::IndexBatch;
use tokio::task::JoinSet;

/// Documents in one bulk request.
const BATCH_SIZE: i64 = 1000;
/// Concurrent bulk requests.
const MAX_IN_FLIGHT: usize = 2;

/// A failed reindex. A failed rebuild leaves the searched index unchanged.
#[derive(Debug, thiserror::Error)]
pub enum ReindexError {
    /// A setting is missing or invalid.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The connection to PostgreSQL failed.
    #[error("PostgreSQL: {0}")]
    Connection(#[from] diesel::ConnectionError),
    /// A query failed.
    #[error("PostgreSQL: {0}; is the database migrated? (`createtrend migrate`)")]
    Rows(#[from] diesel::result::Error),
    /// A request to Elasticsearch failed.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// Concurrent rebuilds would delete each other's index.
    #[error("another reindex is running on this database; wait until it finishes")]
    Locked,
    /// An update needs an existing index.
    #[error("the index does not exist: run `createtrend reindex` without --since first")]
    NoIndex,
    /// The pending work of an import, or the counts of keywords, cannot be read.
    #[error(transparent)]
    Pending(#[from] LoadError),
    /// The task of a bulk request panicked.
    #[error("a bulk request failed unexpectedly: {0}")]
    Task(#[from] tokio::task::JoinError),
}

/// The outcome of a reindex.
#[derive(Debug, PartialEq, Eq)]
pub struct ReindexSummary {
    /// The name of the index that was updated.
    pub index: String,
    /// Stored and deleted documents.
    pub documents: u64,
    /// Stored documents that lack a value that Elasticsearch cannot represent.
    pub incomplete: u64,
}

/// Rebuilds the indexes of videos and of suggested keywords, or updates the documents of videos that
/// changed since `since`, and of keywords that changed since their last update.
pub fn reindex<'a>(
    settings: &'a CommonSettings,
    since: Option<Since>,
    progress: &'a dyn Progress,
) -> BoxFuture<'a, Result<ReindexSummary, ReindexError>> {
    async move {
        let mut connection = connect(&settings.postgres).await?;
        if !rows::try_lock(&mut connection).await? {
            return Err(ReindexError::Locked);
        }
        reindex_locked(connection, settings, since, progress).await
    }
    .boxed()
}

/// Updates the documents of the videos that changed since the first import whose changes are not
/// indexed, or builds the index. Waits up to ten minutes for another reindex.
pub(crate) async fn reindex_pending(
    settings: &CommonSettings,
    progress: &dyn Progress,
) -> Result<ReindexSummary, ReindexError> {
    let mut connection = connect(&settings.postgres).await?;
    if !rows::try_lock(&mut connection).await? {
        progress.message("another reindex is running: waiting for it, up to ten minutes");
        if !rows::wait_for_lock(&mut connection).await? {
            return Err(ReindexError::Locked);
        }
    }
    let since = if index_exists(settings).await? {
        let pending = pending_work(&settings.postgres).await?;
        // Without a mark, another reindex has indexed everything.
        Some(Since::At(pending.index_since.unwrap_or_else(Utc::now)))
    } else {
        None
    };
    reindex_locked(connection, settings, since, progress).await
}

async fn reindex_locked(
    mut connection: AsyncPgConnection,
    settings: &CommonSettings,
    since: Option<Since>,
    progress: &dyn Progress,
) -> Result<ReindexSummary, ReindexError> {
    let is_rebuild = since.is_none();
    let client = SearchClient::new(&settings.elasticsearch)?;
    // Before any video is read.
    let pending = rows::find_pending(&mut connection).await?;
    let (from, summary) = match since {
        None => (DateTime::UNIX_EPOCH, rebuild(&client, &mut connection, progress).await?),
        Some(since) => {
            let index = client.current_index().await?.ok_or(ReindexError::NoIndex)?;
            let from = since.timestamp(Utc::now());
            let summary = index_changed(&client, &mut connection, &index, from, progress).await?;
            client.refresh(&index).await?;
            if summary.documents > 0 {
                client.advance_version(&index).await?;
            }
            (from, summary)
        }
    };
    if let Some(mark) = pending {
        rows::clear_pending(&mut connection, from, mark).await?;
    }
    update_suggestions(settings, is_rebuild, progress).await?;
    Ok(summary)
}

/// Whether an index with the schema of this version exists.
pub fn index_exists(settings: &CommonSettings) -> BoxFuture<'_, Result<bool, SearchError>> {
    async move { Ok(SearchClient::new(&settings.elasticsearch)?.current_index().await?.is_some()) }
        .boxed()
}

async fn rebuild(
    client: &SearchClient,
    connection: &mut AsyncPgConnection,
    progress: &dyn Progress,
) -> Result<ReindexSummary, ReindexError> {
    let started_at = rows::now(connection).await?;
    let version = started_at.format("%Y%m%dt%H%M%S%3f").to_string();
    let index = client.create_index(&version).await?;
    let all = DateTime::UNIX_EPOCH;
    let mut summary = index_changed(client, connection, &index, all, progress).await?;
    client.finish_index(&index).await?;
    client.swap_alias(&index).await?;
    // Videos that changed during the rebuild.
    let changed = index_changed(client, connection, &index, started_at, &NoProgress).await?;
    if changed.documents > 0 {
        client.refresh(&index).await?;
        client.advance_version(&index).await?;
        summary.documents += changed.documents;
        summary.incomplete += changed.incomplete;
    }
    Ok(summary)
}

/// Stores the documents of all videos that changed since `since`, and deletes the documents of
/// removed videos, in bounded memory.
async fn index_changed(
    client: &SearchClient,
    connection: &mut AsyncPgConnection,
    index: &str,
    since: DateTime<Utc>,
    progress: &dyn Progress,
) -> Result<ReindexSummary, ReindexError> {
    let total = rows::count_videos(connection, since).await?;
    let mut task = progress.start("indexing", Unit::Rows, total);
    let mut requests: JoinSet<Result<usize, SearchError>> = JoinSet::new();
    let mut documents = 0;
    let mut invalid = InvalidValues::default();
    let mut last_idx = 0;
    loop {
        let videos = rows::list_videos(connection, since, last_idx, BATCH_SIZE).await?;
        for video in &videos {
            invalid.check(video, progress);
        }
        let Some(video) = videos.last() else {
            break;
        };
        last_idx = video.idx;
        let batch = rows::load_documents(connection, videos).await?;
        while requests.len() >= MAX_IN_FLIGHT {
            documents += finish_request(&mut requests, &mut *task).await?;
        }
        requests.spawn(store(client.clone(), index.to_owned(), batch));
    }
    while !requests.is_empty() {
        documents += finish_request(&mut requests, &mut *task).await?;
    }
    task.finish();
    Ok(ReindexSummary { index: index.to_owned(), documents, incomplete: invalid.finish(progress) })
}

async fn store(
    client: SearchClient,
    index: String,
    batch: IndexBatch,
) -> Result<usize, SearchError> {
    client.update_documents(&index, &batch.documents, &batch.removed).await?;
    Ok(batch.documents.len() + batch.removed.len())
}

/// Waits for one bulk request and returns its number of documents.
async fn finish_request(
    requests: &mut JoinSet<Result<usize, SearchError>>,
    task: &mut dyn Task,
) -> Result<u64, ReindexError> {
    let Some(result) = requests.join_next().await else {
        return Ok(0);
    };
    let stored = result?? as u64;
    task.advance(stored);
    Ok(stored)
}
