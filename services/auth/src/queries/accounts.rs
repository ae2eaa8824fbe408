//! Accounts and their user information.

use crate::{domain::ClientAddress, queries::sessions::NewSession};
use chrono::{DateTime, Utc};
use common::{
    auth::AuthUser,
    db::{
        Statement,
        schema::{accounts_userinfo, auth_user},
    },
    models::{User, UserInfo},
};
use diesel::{
    AsChangeset, ExpressionMethods, OptionalExtension, QueryDsl, QueryResult, QueryableByName,
    SelectableHelper, dsl::exists, select, sql_types,
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

/// An account with its user information; accounts of the Django API may have none.
pub(crate) type Account = (User, Option<UserInfo>);

pub(crate) struct NewAccount<'a> {
    /// In its normal form.
    pub username: &'a str,
    /// Hash of the password.
    pub password: &'a str,
    pub date_joined: DateTime<Utc>,
    /// Address of the client.
    pub client: ClientAddress,
}

/// Columns to update: `None` keeps a value, `Some(None)` sets it to null.
#[expect(clippy::option_option, reason = "diesel's changeset: unchanged or null")]
#[derive(Debug, Clone, PartialEq, Eq, AsChangeset)]
#[diesel(table_name = accounts_userinfo)]
pub(crate) struct UserInfoChanges {
    pub phone: Option<Option<String>>,
    pub on_subscribe: Option<Option<bool>>,
    pub own_channel: Option<Option<i32>>,
}

impl UserInfoChanges {
    /// Whether no column changes.
    pub(crate) const fn is_empty(&self) -> bool {
        self.phone.is_none() && self.on_subscribe.is_none() && self.own_channel.is_none()
    }
}

#[derive(QueryableByName)]
struct InsertedIds {
    #[diesel(sql_type = sql_types::Integer)]
    id: i32,
    #[diesel(sql_type = sql_types::Integer)]
    user_id: i32,
}

#[derive(QueryableByName)]
struct Changed {
    #[diesel(sql_type = sql_types::BigInt)]
    rows: i64,
}

/// Finds an account by its normalized name.
pub(crate) async fn find_by_name(
    mut connection: &AsyncPgConnection,
    username: &str,
) -> QueryResult<Option<Account>> {
    auth_user::table
        .left_join(accounts_userinfo::table)
        .filter(auth_user::username.eq(username))
        .select((User::as_select(), Option::<UserInfo>::as_select()))
        .get_result(&mut connection)
        .await
        .optional()
}

pub(crate) async fn find_by_id(
    mut connection: &AsyncPgConnection,
    id: i32,
) -> QueryResult<Option<Account>> {
    auth_user::table
        .left_join(accounts_userinfo::table)
        .filter(auth_user::id.eq(id))
        .select((User::as_select(), Option::<UserInfo>::as_select()))
        .get_result(&mut connection)
        .await
        .optional()
}

/// Whether an account has this normalized name.
pub(crate) async fn username_exists(
    mut connection: &AsyncPgConnection,
    username: &str,
) -> QueryResult<bool> {
    let found = auth_user::table.filter(auth_user::username.eq(username));
    select(exists(found)).get_result(&mut connection).await
}

/// Inserts an account with empty user information, its first session and its first known
/// address, in one statement.
pub(crate) async fn insert_account(
    mut connection: &AsyncPgConnection,
    account: &NewAccount<'_>,
    session: &NewSession,
) -> QueryResult<UserInfo> {
    let InsertedIds { id, user_id } = Statement::new(include_str!("insert_account.sql"))
        .bind::<sql_types::Text, _>(account.username)
        .bind::<sql_types::Text, _>(account.password)
        .bind::<sql_types::Timestamptz, _>(account.date_joined)
        .bind::<sql_types::Uuid, _>(session.jti)
        .bind::<sql_types::Timestamptz, _>(session.expires_at)
        .bind::<sql_types::Text, _>(account.client.to_string())
        .get_result(&mut connection)
        .await?;
    Ok(UserInfo { id, phone: None, on_subscribe: None, own_channel: None, user_id })
}

/// The user information of an account; inserts the row if the Django API left none.
pub(crate) async fn find_or_insert_info(
    mut connection: &AsyncPgConnection,
    user_id: i32,
) -> QueryResult<UserInfo> {
    diesel::insert_into(accounts_userinfo::table)
        .values(accounts_userinfo::user_id.eq(user_id))
        .on_conflict(accounts_userinfo::user_id)
        .do_update()
        .set(accounts_userinfo::user_id.eq(user_id))
        .returning(UserInfo::as_returning())
        .get_result(&mut connection)
        .await
}

/// Updates the user information; `changes` must not be empty. Returns the number of rows.
pub(crate) async fn update_info(
    mut connection: &AsyncPgConnection,
    user_id: i32,
    changes: &UserInfoChanges,
) -> QueryResult<usize> {
    diesel::update(accounts_userinfo::table)
        .filter(accounts_userinfo::user_id.eq(user_id))
        .set(changes)
        .execute(&mut connection)
        .await
}

/// Replaces the password hash `stored`, which was verified, and ends all other sessions. Returns
/// false if the account has changed in the meantime.
pub(crate) async fn update_password(
    mut connection: &AsyncPgConnection,
    user: &AuthUser,
    stored: &str,
    new: &str,
) -> QueryResult<bool> {
    let Changed { rows } = Statement::new(include_str!("update_password.sql"))
        .bind::<sql_types::Integer, _>(user.id)
        .bind::<sql_types::Text, _>(stored)
        .bind::<sql_types::Text, _>(new)
        .bind::<sql_types::Uuid, _>(user.jti)
        .get_result(&mut connection)
        .await?;
    Ok(rows == 1)
}

/// Deletes an account with all its data, if its password hash is still `stored`, which was
/// verified. Returns the number of accounts.
pub(crate) async fn delete_account(
    mut connection: &AsyncPgConnection,
    user_id: i32,
    stored: &str,
) -> QueryResult<usize> {
    Statement::new(include_str!("delete_account.sql"))
        .bind::<sql_types::Integer, _>(user_id)
        .bind::<sql_types::Text, _>(stored)
        .execute(&mut connection)
        .await
}
