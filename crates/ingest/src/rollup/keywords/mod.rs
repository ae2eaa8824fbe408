//! Counts of keywords: by day in `keyword_day`, and lists of ranked keywords in `keyword_list`.
//!
//! Imports and the collector do not maintain them; [`refresh`] finds the videos that changed since
//! the last refresh by `video.changed_at`, and counts their upload days again. The lists are
//! counted from all uses of keywords in their windows, in one pass ordered by keyword, in bounded
//! memory. `docs/METHODS.md` defines all numbers.

mod best_times;
mod counter;
mod days;
mod lists;
mod ranking;
mod rate;
mod score;

use crate::{
    load::{LoadError, MAX_COMMIT_DELAY, Session},
    locks,
    progress::Progress,
};
use chrono::{DateTime, TimeDelta, Utc};
use common::{db::ADVANCE_DATA_VERSION, settings::PostgresSettings};
use futures_util::{FutureExt, future::BoxFuture};
use std::fmt;
use tokio_postgres::Transaction;

/// The maximum age of lists; older ones are ranked again even if no video has changed.
const MAX_AGE: TimeDelta = TimeDelta::hours(1);

/// The days that a refresh counts again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefreshScope {
    /// The days of changed videos.
    Changes,
    /// The days of changed videos, if the lists are older than this.
    ChangesIfOlder(TimeDelta),
    /// The days of all videos.
    All,
}

/// The outcome of a refresh.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KeywordSummary {
    /// Days that were counted again.
    pub days: usize,
    /// Rows of `keyword_day` that changed.
    pub changed: u64,
    /// Lists of ranked keywords; 0 if they are current.
    pub lists: usize,
}

impl fmt::Display for KeywordSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { days, changed, lists } = self;
        write!(f, "keywords: {days} days counted, {changed} counts changed, {lists} lists ranked")
    }
}

/// Updates the counts and lists as of `now`. `None` if another process is updating them, or if the
/// lists are newer than [`RefreshScope::ChangesIfOlder`].
pub fn refresh<'a>(
    settings: &'a PostgresSettings,
    scope: RefreshScope,
    now: DateTime<Utc>,
    progress: &'a dyn Progress,
) -> BoxFuture<'a, Result<Option<KeywordSummary>, LoadError>> {
    async move {
        let mut session = Session::connect(settings).await?;
        if !locks::try_lock(&session, locks::KEYWORD_ROLLUP).await? {
            return Ok(None);
        }
        if let RefreshScope::ChangesIfOlder(age) = scope
            && let Some(time) = now.checked_sub_signed(age)
            && !lists::is_outdated(&session, time).await?
        {
            return Ok(None);
        }
        session.batch_execute(include_str!("sql/begin.sql")).await?;
        let committed = session.committed_until().await?;
        let (days, marks) = days::list_outdated(&session, scope).await?;
        let changed = days::count(&mut session, &days, now, progress).await?;
        let mut summary = KeywordSummary { days: days.len(), changed, lists: 0 };
        let are_outdated = scope == RefreshScope::All || !days.is_empty();
        let ranking = if are_outdated || lists::is_outdated(&session, now - MAX_AGE).await? {
            Some(lists::rank_keywords(&session, now, progress).await?)
        } else {
            None
        };
        let transaction = session.transaction().await?;
        if let Some(ranking) = ranking {
            summary.lists = ranking.lists.len();
            lists::replace_lists(&transaction, &ranking.lists, now).await?;
            ranking.scores.store(&transaction).await?;
            ranking.best_times.store(&transaction).await?;
        }
        record_position(&transaction, &marks, committed).await?;
        transaction.commit().await?;
        Ok(Some(summary))
    }
    .boxed()
}

/// Records that the changes before `committed` are counted.
async fn record_position(
    transaction: &Transaction<'_>,
    marks: &[i64],
    committed: Option<DateTime<Utc>>,
) -> Result<(), LoadError> {
    let delete = "DELETE FROM keyword_day_outdated WHERE id = ANY ($1)";
    transaction.execute(delete, &[&marks]).await?;
    if let Some(committed) = committed {
        let update = "UPDATE keyword_rollup SET counted_until = $1";
        transaction.execute(update, &[&(committed - MAX_COMMIT_DELAY)]).await?;
    }
    transaction.execute(ADVANCE_DATA_VERSION, &[]).await?;
    Ok(())
}
