//! The pending work of imports, as the tables record it: derived columns and the search index.

use crate::{
    data_source,
    load::{LoadError, Session},
};
use chrono::{DateTime, Utc};
use common::settings::PostgresSettings;
use futures_util::{FutureExt, future::BoxFuture};

/// Records that the index lacks the changes of this transaction. The update changes no value; it
/// prevents a running reindex from deleting the row.
pub(crate) const MARK_INDEX_PENDING: &str =
    "INSERT INTO pending_index (id, since) VALUES (1, now())
    ON CONFLICT (id) DO UPDATE SET since = pending_index.since";
const FIND_INDEX_PENDING: &str = "SELECT since FROM pending_index";
const COUNT_PENDING_DERIVATION: &str = "SELECT count(*) FROM pending_derivation";

/// The pending work of an interrupted import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PendingWork {
    /// Videos without derived columns.
    pub videos: i64,
    /// The time since which changed videos may be missing from the index.
    pub index_since: Option<DateTime<Utc>>,
    /// The files of the last import were not read to their end, although it has stored rows.
    pub is_incomplete: bool,
    /// An import or a seed is running.
    pub is_running: bool,
}

/// Records that the index lacks changes from now on, until a [`reindex`](crate::reindex::reindex())
/// since then. Returns the start of the changes that are not indexed.
pub fn mark_index_pending(
    settings: &PostgresSettings,
) -> BoxFuture<'_, Result<DateTime<Utc>, LoadError>> {
    async move {
        let session = Session::connect(settings).await?;
        session.execute(MARK_INDEX_PENDING, &[]).await?;
        Ok(session.query_one(FIND_INDEX_PENDING, &[]).await?.get(0))
    }
    .boxed()
}

/// Finds the pending work of interrupted imports.
pub fn pending_work(settings: &PostgresSettings) -> BoxFuture<'_, Result<PendingWork, LoadError>> {
    async move {
        let session = Session::connect(settings).await?;
        let videos = session.query_one(COUNT_PENDING_DERIVATION, &[]).await?.get(0);
        let index = session.query_opt(FIND_INDEX_PENDING, &[]).await?;
        let index_since = index.map(|row| row.get(0));
        let is_incomplete = data_source::is_incomplete(&*session).await?;
        Ok(PendingWork {
            videos,
            index_since,
            is_incomplete,
            is_running: session.is_locked().await?,
        })
    }
    .boxed()
}
