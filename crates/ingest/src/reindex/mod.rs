//! From the rows of PostgreSQL to the documents of Elasticsearch.

mod rows;
mod since;
mod unusable;

pub use since::{Since, parse_since};

use crate::progress::{NoProgress, Progress, Task, Unit};
use chrono::{DateTime, Utc};
use common::{
    db::connect,
    search::{SearchClient, SearchError, VideoDocument},
    settings::{CommonSettings, SettingsError},
};
use diesel_async::AsyncPgConnection;
use tokio::task::JoinSet;
use unusable::UnusableValues;

/// Documents in one bulk request.
const BATCH: i64 = 1000;
/// Bulk requests under way at once.
const IN_FLIGHT: usize = 2;

/// Why the index could not be built. The index in use stays as it was.
#[derive(Debug, thiserror::Error)]
pub enum ReindexError {
    /// A setting is missing or wrong.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// PostgreSQL does not answer.
    #[error("PostgreSQL: {0}")]
    Connection(#[from] diesel::ConnectionError),
    /// PostgreSQL refuses a statement.
    #[error("PostgreSQL: {0}; is the database migrated? (`createtrend migrate`)")]
    Rows(#[from] diesel::result::Error),
    /// Elasticsearch does not answer, or refuses.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// Two at once would delete each other's index.
    #[error("another reindex is under way on this database; wait until it has ended")]
    Busy,
    /// There is nothing to bring changes to.
    #[error("there is no index yet: run `createtrend reindex` without --since first")]
    NoIndex,
    /// A task ended unexpectedly.
    #[error("a bulk request ended unexpectedly: {0}")]
    Task(#[from] tokio::task::JoinError),
}

/// What was done.
#[derive(Debug, PartialEq, Eq)]
pub struct ReindexSummary {
    /// The index now in use.
    pub index: String,
    /// Documents brought over.
    pub documents: u64,
    /// Of those, documents without a value that the row has but no document can hold.
    pub incomplete: u64,
}

/// The documents of one pass over the rows.
struct BroughtOver {
    documents: u64,
    incomplete: u64,
}

impl BroughtOver {
    const fn summary(self, index: String) -> ReindexSummary {
        ReindexSummary { index, documents: self.documents, incomplete: self.incomplete }
    }
}

/// Builds the index anew, or brings over what changed since `since`.
pub async fn reindex(
    settings: &CommonSettings,
    since: Option<Since>,
    progress: &dyn Progress,
) -> Result<ReindexSummary, ReindexError> {
    let client = SearchClient::new(&settings.elasticsearch)?;
    let mut connection = connect(&settings.postgres).await?;
    if !rows::lock(&mut connection).await? {
        return Err(ReindexError::Busy);
    }
    match since {
        None => rebuild(&client, &mut connection, progress).await,
        Some(since) => {
            let index = client.current_index().await?.ok_or(ReindexError::NoIndex)?;
            let from = since.moment(Utc::now());
            let brought = bring_over(&client, &mut connection, &index, from, progress).await?;
            client.refresh(&index).await?;
            if brought.documents > 0 {
                client.advance_version(&index).await?;
            }
            Ok(brought.summary(index))
        }
    }
}

/// Whether there is an index that this version can search.
pub async fn index_exists(settings: &CommonSettings) -> Result<bool, SearchError> {
    Ok(SearchClient::new(&settings.elasticsearch)?.current_index().await?.is_some())
}

async fn rebuild(
    client: &SearchClient,
    connection: &mut AsyncPgConnection,
    progress: &dyn Progress,
) -> Result<ReindexSummary, ReindexError> {
    let began = rows::now(connection).await?;
    let version = began.format("%Y%m%dt%H%M%S%3f").to_string();
    let index = client.create_index(&version).await?;
    let everything = DateTime::UNIX_EPOCH;
    let mut brought = bring_over(client, connection, &index, everything, progress).await?;
    client.finish_index(&index).await?;
    client.swap_alias(&index).await?;
    // What changed while the index was built, most often nothing.
    let changed = bring_over(client, connection, &index, began, &NoProgress).await?;
    if changed.documents > 0 {
        client.refresh(&index).await?;
        client.advance_version(&index).await?;
        brought.documents += changed.documents;
        brought.incomplete += changed.incomplete;
    }
    Ok(brought.summary(index))
}

/// Stores the documents of all videos that changed since `since`, in bounded memory.
async fn bring_over(
    client: &SearchClient,
    connection: &mut AsyncPgConnection,
    index: &str,
    since: DateTime<Utc>,
    progress: &dyn Progress,
) -> Result<BroughtOver, ReindexError> {
    let total = rows::count(connection, since).await?;
    let mut task = progress.start("indexing", Unit::Rows, total);
    let mut storing: JoinSet<Result<usize, SearchError>> = JoinSet::new();
    let mut documents = 0;
    let mut unusable = UnusableValues::default();
    let mut last = 0;
    loop {
        let videos = rows::videos(connection, since, last, BATCH).await?;
        for video in &videos {
            unusable.check(video, progress);
        }
        let batch = rows::documents(connection, videos).await?;
        let Some(end) = batch.last().map(|document| document.idx) else {
            break;
        };
        last = end;
        while storing.len() >= IN_FLIGHT {
            documents += finished(&mut storing, &mut *task).await?;
        }
        storing.spawn(store(client.clone(), index.to_owned(), batch));
    }
    while !storing.is_empty() {
        documents += finished(&mut storing, &mut *task).await?;
    }
    task.finish();
    Ok(BroughtOver { documents, incomplete: unusable.finish(progress) })
}

async fn store(
    client: SearchClient,
    index: String,
    batch: Vec<VideoDocument>,
) -> Result<usize, SearchError> {
    client.index_documents(&index, &batch).await?;
    Ok(batch.len())
}

/// Waits for one of the bulk requests under way.
async fn finished(
    storing: &mut JoinSet<Result<usize, SearchError>>,
    task: &mut dyn Task,
) -> Result<u64, ReindexError> {
    let Some(outcome) = storing.join_next().await else {
        return Ok(0);
    };
    let stored = outcome?? as u64;
    task.advance(stored);
    Ok(stored)
}
