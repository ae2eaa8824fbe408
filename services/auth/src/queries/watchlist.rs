//! Watchlists.

use chrono::{DateTime, Utc};
use common::db::{Statement, schema::auth_watch};
use diesel::{
    ExpressionMethods, QueryResult, QueryableByName,
    sql_types::{Integer, Nullable, Text, Timestamptz},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

/// The trigger that limits the entries of an account.
pub(crate) const WATCH_LIMIT: &str = "auth_watch_limit";

/// A keyword or a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum WatchTarget {
    Keyword {
        /// As `ingest` normalizes it.
        key: String,
        /// As entered.
        keyword: String,
    },
    /// The `idx` of a channel, which may not exist.
    Channel(i32),
}

/// An entry of a watchlist.
#[derive(Debug, QueryableByName)]
pub(crate) struct WatchRow {
    #[diesel(sql_type = Integer)]
    pub id: i32,
    #[diesel(sql_type = Nullable<Integer>)]
    pub channel_idx: Option<i32>,
    /// Of the channel, or the most frequent spelling of the keyword.
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub thumbnail_url: Option<String>,
    #[diesel(sql_type = Text)]
    pub note: String,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
}

/// Lists the entries of a user, oldest first.
pub(crate) async fn list_watches(
    connection: &AsyncPgConnection,
    user_id: i32,
) -> QueryResult<Vec<WatchRow>> {
    let statement = Statement::new(include_str!("list_watches.sql"));
    statement.bind::<Integer, _>(user_id).load(&mut &*connection).await
}

/// Inserts an entry, or replaces its note.
pub(crate) async fn insert_watch(
    connection: &AsyncPgConnection,
    user_id: i32,
    target: &WatchTarget,
    note: &str,
    now: DateTime<Utc>,
) -> QueryResult<WatchRow> {
    let (keyword, channel) = match target {
        WatchTarget::Keyword { key, keyword } => (Some((key, keyword)), None),
        WatchTarget::Channel(idx) => (None, Some(*idx)),
    };
    Statement::new(include_str!("insert_watch.sql"))
        .bind::<Integer, _>(user_id)
        .bind::<Nullable<Text>, _>(keyword.map(|(key, _)| key))
        .bind::<Nullable<Text>, _>(keyword.map(|(_, keyword)| keyword))
        .bind::<Nullable<Integer>, _>(channel)
        .bind::<Text, _>(note)
        .bind::<Timestamptz, _>(now)
        .get_result(&mut &*connection)
        .await
}

/// Deletes an entry of this user; returns the number of rows.
pub(crate) async fn delete_watch(
    connection: &AsyncPgConnection,
    user_id: i32,
    id: i32,
) -> QueryResult<usize> {
    diesel::delete(auth_watch::table)
        .filter(auth_watch::id.eq(id))
        .filter(auth_watch::user_id.eq(user_id))
        .execute(&mut &*connection)
        .await
}
