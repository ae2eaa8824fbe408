//! Sessions: the tokens that are valid.

use chrono::{DateTime, Utc};
use common::{
    db::{Statement, schema::auth_token},
    models::User,
};
use diesel::{ExpressionMethods, QueryDsl, QueryResult, sql_types};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

/// So many rows that have expired are removed at a time.
const PRUNED: i64 = 100;

/// A session to be begun.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewSession {
    /// The token's number.
    pub jti: Uuid,
    /// To the second, as the token says it.
    pub issued_at: DateTime<Utc>,
    /// To the second, as the token says it.
    pub expires_at: DateTime<Utc>,
}

/// Begins a session of a user whose password was found right, and stores the hash `keep` in
/// place of the one that was checked. `false` where the account has changed since.
pub(crate) async fn begin_session(
    mut connection: &AsyncPgConnection,
    user: &User,
    keep: &str,
    session: &NewSession,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    let begun = Statement::new(include_str!("begin_session.sql"))
        .bind::<sql_types::Integer, _>(user.id)
        .bind::<sql_types::Timestamptz, _>(now)
        .bind::<sql_types::Uuid, _>(session.jti)
        .bind::<sql_types::Timestamptz, _>(session.expires_at)
        .bind::<sql_types::Text, _>(&user.password)
        .bind::<sql_types::Text, _>(keep)
        .execute(&mut connection)
        .await?;
    Ok(begun == 1)
}

/// Ends one session.
pub(crate) async fn delete_session(
    mut connection: &AsyncPgConnection,
    jti: Uuid,
) -> QueryResult<usize> {
    diesel::delete(auth_token::table.filter(auth_token::jti.eq(jti))).execute(&mut connection).await
}

/// Ends all sessions of a user.
pub(crate) async fn delete_sessions_of(
    mut connection: &AsyncPgConnection,
    user_id: i32,
) -> QueryResult<usize> {
    let all = auth_token::table.filter(auth_token::user_id.eq(user_id));
    diesel::delete(all).execute(&mut connection).await
}

/// Removes some of the sessions that expired before this moment, unless somebody else does.
pub(crate) async fn prune_sessions(
    mut connection: &AsyncPgConnection,
    before: DateTime<Utc>,
) -> QueryResult<usize> {
    Statement::new(include_str!("prune_sessions.sql"))
        .bind::<sql_types::Timestamptz, _>(before)
        .bind::<sql_types::BigInt, _>(PRUNED)
        .execute(&mut connection)
        .await
}
