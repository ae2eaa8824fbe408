//! Accounts.

use crate::db::{
    StoredTime,
    schema::{accounts_userinfo, auth_user},
};
use chrono::{DateTime, Utc};
use diesel::{Associations, Identifiable, Queryable, Selectable};

/// A row of `auth_user`.
#[derive(Clone, Queryable, Selectable, Identifiable)]
#[diesel(table_name = auth_user, check_for_backend(diesel::pg::Pg))]
pub struct User {
    /// Primary key.
    pub id: i32,
    /// The password hash, with algorithm and parameters.
    pub password: String,
    /// The last login.
    #[diesel(deserialize_as = StoredTime)]
    pub last_login: Option<DateTime<Utc>>,
    /// Administrator flag of Django.
    pub is_superuser: bool,
    /// Unique.
    pub username: String,
    /// Given name; empty if unknown.
    pub first_name: String,
    /// Family name; empty if unknown.
    pub last_name: String,
    /// Email address; empty if unknown.
    pub email: String,
    /// Staff flag of Django.
    pub is_staff: bool,
    /// An inactive account cannot log in.
    pub is_active: bool,
    /// Time of registration, if known.
    #[diesel(deserialize_as = StoredTime)]
    pub date_joined: Option<DateTime<Utc>>,
}

/// The profile of a user: one row per user.
#[derive(Debug, Clone, Queryable, Selectable, Identifiable, Associations)]
#[diesel(table_name = accounts_userinfo, belongs_to(User), check_for_backend(diesel::pg::Pg))]
pub struct UserInfo {
    /// Primary key.
    pub id: i32,
    /// Telephone number, not validated.
    pub phone: Option<String>,
    /// Whether the user subscribed to news.
    pub on_subscribe: Option<bool>,
    /// The user's own channel, by its primary key.
    pub own_channel: Option<i32>,
    /// The user.
    pub user_id: i32,
}
