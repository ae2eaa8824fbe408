//! The index of suggested keywords, from the counts of the rollup.

use super::ReindexError;
use crate::{
    load::{LoadError, Session},
    locks,
    progress::{Progress, Unit},
};
use chrono::{DateTime, Utc};
use common::{
    search::{KeywordDocument, SearchClient},
    settings::CommonSettings,
};
use futures_util::{FutureExt, future::BoxFuture};
use std::fmt;

/// Documents in one bulk request.
const BATCH_SIZE: usize = 5000;

const LIST_CHANGED: &str = "
    SELECT idx FROM keyword
    WHERE changed_at >= CASE WHEN $1 THEN '-infinity' ELSE (SELECT indexed_until FROM keyword_rollup) END
    ORDER BY idx";

const LIST_KEYWORDS: &str = "SELECT idx, key, name, popularity FROM keyword WHERE idx = ANY ($1)";

/// The outcome of an update.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SuggestionSummary {
    /// Keywords that changed since the last update.
    pub keywords: u64,
}

impl fmt::Display for SuggestionSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "suggestions: {} keywords updated", self.keywords)
    }
}

/// Indexes the keywords whose name or popularity changed since the last update, or all keywords
/// with `rebuild` or without an index. `None` if another process is updating the suggestions or the
/// counts.
pub fn update_suggestions<'a>(
    settings: &'a CommonSettings,
    rebuild: bool,
    progress: &'a dyn Progress,
) -> BoxFuture<'a, Result<Option<SuggestionSummary>, ReindexError>> {
    async move {
        let session = Session::connect(&settings.postgres).await?;
        // Refreshes hold the lock until they commit: all earlier changes are visible.
        let lock = "SELECT pg_try_advisory_lock($1), clock_timestamp()";
        let lock =
            session.query_one(lock, &[&locks::KEYWORD_ROLLUP]).await.map_err(LoadError::from)?;
        if !lock.get::<_, bool>(0) {
            return Ok(None);
        }
        let started_at: DateTime<Utc> = lock.get(1);
        let client = SearchClient::new(&settings.elasticsearch)?.for_keyword_index();
        let current = if rebuild { None } else { client.current_index().await? };
        let rows =
            session.query(LIST_CHANGED, &[&current.is_none()]).await.map_err(LoadError::from)?;
        let changed: Vec<i32> = rows.iter().map(|row| row.get(0)).collect();
        if let Some(index) = current {
            index_keywords(&client, &session, &index, &changed, progress).await?;
            if !changed.is_empty() {
                client.refresh(&index).await?;
                client.advance_version(&index).await?;
            }
        } else {
            let version = started_at.format("%Y%m%dt%H%M%S%3f").to_string();
            let index = client.create_index(&version).await?;
            index_keywords(&client, &session, &index, &changed, progress).await?;
            client.merge_segments(&index).await?;
            client.finish_index(&index).await?;
            client.swap_alias(&index).await?;
        }
        let update = "UPDATE keyword_rollup SET indexed_until = $1";
        session.execute(update, &[&started_at]).await.map_err(LoadError::from)?;
        Ok(Some(SuggestionSummary { keywords: changed.len() as u64 }))
    }
    .boxed()
}

/// Stores the documents of keywords, and deletes the documents of keywords that are no longer used.
async fn index_keywords(
    client: &SearchClient,
    session: &Session,
    index: &str,
    keywords: &[i32],
    progress: &dyn Progress,
) -> Result<(), ReindexError> {
    let mut task = progress.start("indexing keywords", Unit::Rows, keywords.len() as u64);
    for chunk in keywords.chunks(BATCH_SIZE) {
        let rows = session.query(LIST_KEYWORDS, &[&chunk]).await.map_err(LoadError::from)?;
        let (mut documents, mut removed) = (Vec::with_capacity(rows.len()), Vec::new());
        for row in rows {
            let idx = row.get(0);
            let document = row
                .get::<_, Option<i32>>(3)
                .and_then(|popularity| KeywordDocument::new(row.get(1), row.get(2), popularity));
            match document {
                Some(document) => documents.push((idx, document)),
                None => removed.push(idx),
            }
        }
        client.update_keywords(index, &documents, &removed).await?;
        task.advance(chunk.len() as u64);
    }
    task.finish();
    Ok(())
}
