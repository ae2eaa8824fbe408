//! Accounts, and what they say of themselves.

use crate::{domain::Subnet, queries::sessions::NewSession};
use chrono::{DateTime, Utc};
use common::{
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

/// An account, with what it says of itself where there is a row of it.
pub(crate) type Account = (User, Option<UserInfo>);

/// An account to be made.
pub(crate) struct NewAccount<'a> {
    /// Normalised.
    pub username: &'a str,
    /// The hash of its password.
    pub password: &'a str,
    pub date_joined: DateTime<Utc>,
    /// Where it is registered from.
    pub subnet: Subnet,
}

/// What becomes of an account's own words: `None` leaves a value as it is.
#[expect(clippy::option_option, reason = "so diesel tells what stays from what becomes null")]
#[derive(Debug, Clone, PartialEq, Eq, AsChangeset)]
#[diesel(table_name = accounts_userinfo)]
pub(crate) struct UserInfoChanges {
    pub phone: Option<Option<String>>,
    pub on_subscribe: Option<Option<bool>>,
    pub own_channel: Option<Option<i32>>,
}

impl UserInfoChanges {
    /// Whether all stays as it is.
    pub(crate) const fn is_empty(&self) -> bool {
        self.phone.is_none() && self.on_subscribe.is_none() && self.own_channel.is_none()
    }
}

/// The numbers of a new account.
#[derive(QueryableByName)]
struct Inserted {
    #[diesel(sql_type = sql_types::Integer)]
    id: i32,
    #[diesel(sql_type = sql_types::Integer)]
    user_id: i32,
}

/// The account of this name.
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

/// The account of this number.
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

/// Whether an account has this name.
pub(crate) async fn is_taken(
    mut connection: &AsyncPgConnection,
    username: &str,
) -> QueryResult<bool> {
    let found = auth_user::table.filter(auth_user::username.eq(username));
    select(exists(found)).get_result(&mut connection).await
}

/// Inserts an account with empty user information, its first session and its first known
/// subnet, or nothing.
pub(crate) async fn insert_account(
    mut connection: &AsyncPgConnection,
    account: &NewAccount<'_>,
    session: &NewSession,
) -> QueryResult<UserInfo> {
    let Inserted { id, user_id } = Statement::new(include_str!("insert_account.sql"))
        .bind::<sql_types::Text, _>(account.username)
        .bind::<sql_types::Text, _>(account.password)
        .bind::<sql_types::Timestamptz, _>(account.date_joined)
        .bind::<sql_types::Uuid, _>(session.jti)
        .bind::<sql_types::Timestamptz, _>(session.expires_at)
        .bind::<sql_types::Text, _>(account.subnet.to_string())
        .get_result(&mut connection)
        .await?;
    Ok(UserInfo { id, phone: None, on_subscribe: None, own_channel: None, user_id })
}

/// What this user says of himself; the row is made where the old system has left none.
pub(crate) async fn ensure_info(
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

/// Changes what this user says of himself; at least one value must be there.
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
