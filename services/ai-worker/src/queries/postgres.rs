//! The history of a channel.

use crate::{
    Worker,
    domain::{History, VideoObservation},
};
use chrono::{DateTime, Utc};
use common::{Error, db::Statement};
use diesel::{
    QueryResult, QueryableByName,
    sql_types::{BigInt, Integer, Nullable, Text, Timestamptz},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use forecast::known_uploads;

/// A row of `history.sql`.
#[derive(QueryableByName)]
struct HistoryRow {
    #[diesel(sql_type = Nullable<BigInt>)]
    upload_count: Option<i64>,
    #[diesel(sql_type = BigInt)]
    stored: i64,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    uploaded_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    observed_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<BigInt>)]
    views: Option<i64>,
}

impl Worker {
    /// The history of a channel; `None` if the channel is unknown or the query fails, since a
    /// prediction does not require it.
    pub(crate) async fn history(
        &self,
        channel: Option<String>,
        channel_idx: Option<i32>,
    ) -> Option<History> {
        if channel.is_none() && channel_idx.is_none() {
            return None;
        }
        match self.query_history(channel.as_deref(), channel_idx).await {
            Ok(history) => history,
            Err(error) => {
                tracing::warn!("predicting without the channel history: {error}");
                None
            }
        }
    }

    async fn query_history(
        &self,
        channel: Option<&str>,
        channel_idx: Option<i32>,
    ) -> Result<Option<History>, Error> {
        let mut connection = self.pool.get().await?;
        Ok(find_history(&mut connection, channel, channel_idx).await?)
    }
}

/// Finds the history of the channel with this YouTube id or database id (`idx`).
async fn find_history(
    connection: &mut AsyncPgConnection,
    channel: Option<&str>,
    channel_idx: Option<i32>,
) -> QueryResult<Option<History>> {
    let query = Statement::new(include_str!("history.sql"))
        .bind::<Nullable<Text>, _>(channel)
        .bind::<Nullable<Integer>, _>(channel_idx);
    let rows: Vec<HistoryRow> = query.load(connection).await?;
    let observation = |row: &HistoryRow| {
        let (uploaded_at, observed_at) = (row.uploaded_at?, row.observed_at?);
        Some(VideoObservation { uploaded_at, observed_at, views: row.views?.unsigned_abs() })
    };
    let videos = rows.iter().filter_map(observation).collect();
    let uploads = |row: &HistoryRow| known_uploads(row.upload_count, row.stored);
    Ok(rows.as_slice().first().map(|row| History { uploads: uploads(row), videos }))
}
