//! Tokens of Atom feeds.

use chrono::{DateTime, Utc};
use common::db::schema::{auth_feed, auth_user};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, QueryResult};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

/// When the token of a user's feed was created.
pub(crate) async fn find_feed(
    connection: &AsyncPgConnection,
    user_id: i32,
) -> QueryResult<Option<DateTime<Utc>>> {
    let feed = auth_feed::table.find(user_id).select(auth_feed::created_at);
    feed.first(&mut &*connection).await.optional()
}

/// The user and the id of the feed with this token, unless the account is inactive.
pub(crate) async fn find_feed_by_token(
    connection: &AsyncPgConnection,
    token_hash: &str,
) -> QueryResult<Option<(i32, Uuid)>> {
    auth_feed::table
        .inner_join(auth_user::table)
        .filter(auth_feed::token_hash.eq(token_hash))
        .filter(auth_user::is_active)
        .select((auth_feed::user_id, auth_feed::id))
        .first(&mut &*connection)
        .await
        .optional()
}

/// Stores the token of a user's feed, and replaces the previous one.
pub(crate) async fn insert_feed(
    connection: &AsyncPgConnection,
    user_id: i32,
    token_hash: &str,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    let token = (auth_feed::token_hash.eq(token_hash), auth_feed::created_at.eq(now));
    diesel::insert_into(auth_feed::table)
        .values((auth_feed::user_id.eq(user_id), token))
        .on_conflict(auth_feed::user_id)
        .do_update()
        .set(token)
        .execute(&mut &*connection)
        .await
}

/// Deletes the feed of a user; returns the number of rows.
pub(crate) async fn delete_feed(
    connection: &AsyncPgConnection,
    user_id: i32,
) -> QueryResult<usize> {
    diesel::delete(auth_feed::table.find(user_id)).execute(&mut &*connection).await
}
