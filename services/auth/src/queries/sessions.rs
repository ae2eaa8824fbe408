//! Sessions: one row per valid token.

use chrono::{DateTime, Utc};
use common::{
    db::{Statement, schema::auth_token},
    models::User,
};
use diesel::{ExpressionMethods, QueryDsl, QueryResult, sql_types};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

/// Maximum number of expired rows deleted per call.
const PRUNE_BATCH: i64 = 100;

#[derive(Debug, Clone, Copy)]
pub(crate) struct NewSession {
    /// Id of the token.
    pub jti: Uuid,
    /// In whole seconds, as in the token.
    pub issued_at: DateTime<Utc>,
    /// In whole seconds, as in the token.
    pub expires_at: DateTime<Utc>,
}

/// Starts a session after the password was verified against the hash in `user`, and replaces
/// that hash by `password_hash`. Returns false if the account has changed in the meantime.
pub(crate) async fn begin_session(
    mut connection: &AsyncPgConnection,
    user: &User,
    password_hash: &str,
    session: &NewSession,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    let inserted = Statement::new(include_str!("begin_session.sql"))
        .bind::<sql_types::Integer, _>(user.id)
        .bind::<sql_types::Timestamptz, _>(now)
        .bind::<sql_types::Uuid, _>(session.jti)
        .bind::<sql_types::Timestamptz, _>(session.expires_at)
        .bind::<sql_types::Text, _>(&user.password)
        .bind::<sql_types::Text, _>(password_hash)
        .execute(&mut connection)
        .await?;
    Ok(inserted == 1)
}

pub(crate) async fn delete_session(
    mut connection: &AsyncPgConnection,
    jti: Uuid,
) -> QueryResult<usize> {
    diesel::delete(auth_token::table.filter(auth_token::jti.eq(jti))).execute(&mut connection).await
}

pub(crate) async fn delete_sessions_of(
    mut connection: &AsyncPgConnection,
    user_id: i32,
) -> QueryResult<usize> {
    let sessions = auth_token::table.filter(auth_token::user_id.eq(user_id));
    diesel::delete(sessions).execute(&mut connection).await
}

/// When the valid tokens of a user expire.
pub(crate) async fn list_expirations(
    mut connection: &AsyncPgConnection,
    user_id: i32,
    now: DateTime<Utc>,
) -> QueryResult<Vec<DateTime<Utc>>> {
    auth_token::table
        .filter(auth_token::user_id.eq(user_id))
        .filter(auth_token::expires_at.gt(now))
        .order(auth_token::expires_at)
        .select(auth_token::expires_at)
        .load(&mut connection)
        .await
}

/// Deletes a batch of the sessions that expired before `before`.
pub(crate) async fn prune_sessions(
    mut connection: &AsyncPgConnection,
    before: DateTime<Utc>,
) -> QueryResult<usize> {
    Statement::new(include_str!("prune_sessions.sql"))
        .bind::<sql_types::Timestamptz, _>(before)
        .bind::<sql_types::BigInt, _>(PRUNE_BATCH)
        .execute(&mut connection)
        .await
}
