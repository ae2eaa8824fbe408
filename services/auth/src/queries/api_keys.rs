//! API keys.

use crate::{domain::secrets::Secret, settings::ApiKeyLimit};
use chrono::{DateTime, Utc};
use common::db::{Statement, schema::auth_api_key};
use diesel::{
    ExpressionMethods, OptionalExtension, QueryDsl, QueryResult, Queryable, QueryableByName,
    Selectable, SelectableHelper, sql_types,
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

/// Maximum number of API keys of an account, which the trigger [`API_KEY_LIMIT`] enforces.
pub(crate) const MAX_API_KEYS: u8 = 10;

/// The name of the trigger that limits the API keys of an account.
pub(crate) const API_KEY_LIMIT: &str = "auth_api_key_limit";

/// An API key.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = auth_api_key, check_for_backend(diesel::pg::Pg))]
pub(crate) struct ApiKeyRow {
    pub id: i32,
    pub name: String,
    pub prefix: String,
    pub created_at: DateTime<Utc>,
    pub last_used_at: Option<DateTime<Utc>>,
}

/// The requests of a key in its window.
#[derive(Debug, QueryableByName)]
pub(crate) struct Usage {
    /// At most one more than the limit.
    #[diesel(sql_type = sql_types::Integer)]
    pub requests: i32,
    /// Until the end of the window.
    #[diesel(sql_type = sql_types::Double)]
    pub seconds_left: f64,
}

/// Lists the keys of a user, oldest first.
pub(crate) async fn list_api_keys(
    connection: &AsyncPgConnection,
    user_id: i32,
) -> QueryResult<Vec<ApiKeyRow>> {
    auth_api_key::table
        .filter(auth_api_key::user_id.eq(user_id))
        .order(auth_api_key::id)
        .select(ApiKeyRow::as_select())
        .load(&mut &*connection)
        .await
}

/// Stores a key by its hash.
pub(crate) async fn insert_api_key(
    connection: &AsyncPgConnection,
    user_id: i32,
    name: &str,
    key: &Secret,
    now: DateTime<Utc>,
) -> QueryResult<ApiKeyRow> {
    diesel::insert_into(auth_api_key::table)
        .values((
            auth_api_key::user_id.eq(user_id),
            auth_api_key::name.eq(name),
            auth_api_key::prefix.eq(key.prefix()),
            auth_api_key::hash.eq(key.hash()),
            auth_api_key::created_at.eq(now),
        ))
        .returning(ApiKeyRow::as_returning())
        .get_result(&mut &*connection)
        .await
}

/// Deletes a key of this user; returns the number of rows.
pub(crate) async fn delete_api_key(
    connection: &AsyncPgConnection,
    user_id: i32,
    id: i32,
) -> QueryResult<usize> {
    diesel::delete(auth_api_key::table)
        .filter(auth_api_key::id.eq(id))
        .filter(auth_api_key::user_id.eq(user_id))
        .execute(&mut &*connection)
        .await
}

/// Counts a request with a key; `None` if the key is unknown or its account is inactive. A single
/// statement, so that concurrent requests to all replicas cannot exceed the limit.
pub(crate) async fn count_request(
    connection: &AsyncPgConnection,
    key: &Secret,
    limit: &ApiKeyLimit,
) -> QueryResult<Option<Usage>> {
    let window = i32::try_from(limit.window_ms.0).unwrap_or(i32::MAX);
    Statement::new(include_str!("count_request.sql"))
        .bind::<sql_types::Text, _>(key.hash())
        .bind::<sql_types::Integer, _>(window)
        .bind::<sql_types::Integer, _>(i32::try_from(limit.requests).unwrap_or(i32::MAX - 1))
        .get_result(&mut &*connection)
        .await
        .optional()
}
