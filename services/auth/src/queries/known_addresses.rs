//! The addresses that accounts have logged in from.

use crate::domain::ClientAddress;
use chrono::{DateTime, Utc};
use common::db::{
    Statement,
    schema::{auth_known_subnet, auth_user},
};
use diesel::{ExpressionMethods, QueryDsl, QueryResult, dsl::exists, select, sql_types};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

/// Maximum number of known addresses per account; the least recently used are deleted.
const MAX_PER_ACCOUNT: i64 = 20;

/// Maximum number of expired rows deleted per call.
const PRUNE_BATCH: i64 = 100;

/// Whether the account of this name has logged in from `address` since `after`; false for unknown
/// names.
pub(crate) async fn is_known_address(
    mut connection: &AsyncPgConnection,
    username: &str,
    address: ClientAddress,
    after: DateTime<Utc>,
) -> QueryResult<bool> {
    let found = auth_known_subnet::table
        .inner_join(auth_user::table)
        .filter(auth_user::username.eq(username))
        .filter(auth_known_subnet::subnet.eq(address.to_string()))
        .filter(auth_known_subnet::last_used_at.gt(after));
    select(exists(found)).get_result(&mut connection).await
}

/// The addresses from which a user has logged in, most recent first.
pub(crate) async fn list_known_addresses(
    mut connection: &AsyncPgConnection,
    user_id: i32,
) -> QueryResult<Vec<String>> {
    auth_known_subnet::table
        .filter(auth_known_subnet::user_id.eq(user_id))
        .order((auth_known_subnet::last_used_at.desc(), auth_known_subnet::subnet))
        .select(auth_known_subnet::subnet)
        .load(&mut connection)
        .await
}

/// Inserts or refreshes a known address of a user.
pub(crate) async fn upsert_known_address(
    mut connection: &AsyncPgConnection,
    user_id: i32,
    address: ClientAddress,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    Statement::new(include_str!("upsert_known_address.sql"))
        .bind::<sql_types::Integer, _>(user_id)
        .bind::<sql_types::Text, _>(address.to_string())
        .bind::<sql_types::Timestamptz, _>(now)
        .bind::<sql_types::BigInt, _>(MAX_PER_ACCOUNT)
        .execute(&mut connection)
        .await
}

/// Deletes a batch of the addresses not used since `before`.
pub(crate) async fn prune_known_addresses(
    mut connection: &AsyncPgConnection,
    before: DateTime<Utc>,
) -> QueryResult<usize> {
    Statement::new(include_str!("prune_known_addresses.sql"))
        .bind::<sql_types::Timestamptz, _>(before)
        .bind::<sql_types::BigInt, _>(PRUNE_BATCH)
        .execute(&mut connection)
        .await
}
