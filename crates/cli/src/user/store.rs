//! SQL statements for accounts.

use super::UserError;
use chrono::{DateTime, Utc};
use common::db::{
    StoredTime,
    schema::{accounts_userinfo, auth_known_subnet, auth_token, auth_user},
};
use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, QueryResult, Queryable, Selectable,
    SelectableHelper,
    result::{DatabaseErrorKind, Error as Diesel},
};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};

/// The unique constraint on user names.
const USERNAME_CONSTRAINT: &str = "auth_user_username_key";

/// An account, as `user list` shows it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = auth_user, check_for_backend(diesel::pg::Pg))]
pub struct Account {
    /// The primary key of `auth_user`.
    pub id: i32,
    /// The unique name for logging in.
    pub username: String,
    /// Whether it may log in.
    pub is_active: bool,
    /// The last login.
    #[diesel(deserialize_as = StoredTime)]
    pub last_login: Option<DateTime<Utc>>,
}

/// A new account: active, without Django's staff flags.
#[derive(Insertable)]
#[diesel(table_name = auth_user, check_for_backend(diesel::pg::Pg))]
struct NewUser<'a> {
    username: &'a str,
    password: &'a str,
    date_joined: DateTime<Utc>,
    is_active: bool,
    is_superuser: bool,
    is_staff: bool,
    first_name: &'a str,
    last_name: &'a str,
    email: &'a str,
}

pub(super) async fn list_accounts(connection: &mut AsyncPgConnection) -> QueryResult<Vec<Account>> {
    let query = auth_user::table.order(auth_user::id).select(Account::as_select());
    query.load(connection).await
}

pub(super) async fn find_user_id(
    connection: &mut AsyncPgConnection,
    username: &str,
) -> QueryResult<Option<i32>> {
    let query = auth_user::table.filter(auth_user::username.eq(username)).select(auth_user::id);
    query.first(connection).await.optional()
}

/// Inserts the account and its info, in one transaction.
pub(super) async fn create_account(
    connection: &mut AsyncPgConnection,
    username: &str,
    password: &str,
    date_joined: DateTime<Utc>,
) -> Result<(), UserError> {
    let user = NewUser {
        username,
        password,
        date_joined,
        is_active: true,
        is_superuser: false,
        is_staff: false,
        first_name: "",
        last_name: "",
        email: "",
    };
    let created =
        connection.transaction(async |connection| insert_account(connection, &user).await).await;
    created.map_err(|error| match error {
        Diesel::DatabaseError(DatabaseErrorKind::UniqueViolation, info)
            if info.constraint_name() == Some(USERNAME_CONSTRAINT) =>
        {
            UserError::Taken(username.to_owned())
        }
        error => error.into(),
    })
}

async fn insert_account(connection: &mut AsyncPgConnection, user: &NewUser<'_>) -> QueryResult<()> {
    let id: i32 = diesel::insert_into(auth_user::table)
        .values(user)
        .returning(auth_user::id)
        .get_result(connection)
        .await?;
    diesel::insert_into(accounts_userinfo::table)
        .values(accounts_userinfo::user_id.eq(id))
        .execute(connection)
        .await?;
    Ok(())
}

/// Replaces the password hash, revokes every session and deletes the subnets that are known for
/// the account.
pub(super) async fn set_password(
    connection: &mut AsyncPgConnection,
    id: i32,
    password: &str,
) -> QueryResult<()> {
    connection
        .transaction(async |connection| {
            let user = diesel::update(auth_user::table.find(id));
            user.set(auth_user::password.eq(password)).execute(connection).await?;
            let known = auth_known_subnet::table.filter(auth_known_subnet::user_id.eq(id));
            diesel::delete(known).execute(connection).await?;
            revoke_tokens(connection, id).await.map(drop)
        })
        .await
}

/// Disables logging in and revokes every session.
pub(super) async fn deactivate(connection: &mut AsyncPgConnection, id: i32) -> QueryResult<()> {
    connection
        .transaction(async |connection| {
            let user = diesel::update(auth_user::table.find(id));
            user.set(auth_user::is_active.eq(false)).execute(connection).await?;
            revoke_tokens(connection, id).await.map(drop)
        })
        .await
}

pub(super) async fn activate(connection: &mut AsyncPgConnection, id: i32) -> QueryResult<()> {
    let user = diesel::update(auth_user::table.find(id));
    user.set(auth_user::is_active.eq(true)).execute(connection).await.map(drop)
}

/// Returns the number of revoked sessions.
pub(super) async fn revoke_tokens(
    connection: &mut AsyncPgConnection,
    id: i32,
) -> QueryResult<usize> {
    let tokens = auth_token::table.filter(auth_token::user_id.eq(id));
    diesel::delete(tokens).execute(connection).await
}
