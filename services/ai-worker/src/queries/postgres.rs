//! The statements of a worker.

use crate::{
    Worker,
    domain::{History, Observed},
};
use chrono::{DateTime, Utc};
use common::{Error, db::Statement};
use diesel::{
    QueryResult, QueryableByName,
    sql_types::{BigInt, Nullable, Text, Timestamptz},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

/// A row of `history.sql`.
#[derive(QueryableByName)]
struct HistoryRow {
    #[diesel(sql_type = BigInt)]
    uploads: i64,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    uploaded: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    seen: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<BigInt>)]
    views: Option<i64>,
}

impl Worker {
    /// What the channel has done so far; nothing where it is not known, or cannot be looked
    /// up now: a prediction can do without.
    pub(crate) async fn history(&self, channel: Option<String>) -> Option<History> {
        let channel = channel?;
        match self.look_up(&channel).await {
            Ok(history) => history,
            Err(error) => {
                tracing::warn!("a prediction does without the channel's history: {error}");
                None
            }
        }
    }

    async fn look_up(&self, channel: &str) -> Result<Option<History>, Error> {
        let mut connection = self.pool.get().await?;
        Ok(find_history(&mut connection, channel).await?)
    }
}

/// How many videos the channel with this id of YouTube has, and its latest; none where there
/// is no such channel.
async fn find_history(
    connection: &mut AsyncPgConnection,
    channel: &str,
) -> QueryResult<Option<History>> {
    let query = Statement::new(include_str!("history.sql")).bind::<Text, _>(channel);
    let rows: Vec<HistoryRow> = query.load(connection).await?;
    let observed = |row: &HistoryRow| {
        let (uploaded, seen) = (row.uploaded?, row.seen?);
        Some(Observed { uploaded, seen, views: row.views?.unsigned_abs() })
    };
    let videos = rows.iter().filter_map(observed).collect();
    Ok(rows.as_slice().first().map(|row| History { uploads: row.uploads.unsigned_abs(), videos }))
}
