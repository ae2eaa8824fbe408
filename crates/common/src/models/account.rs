//! Accounts.

use crate::db::{
    StoredTime,
    schema::{accounts_userinfo, auth_throttle, auth_token, auth_user},
};
use chrono::{DateTime, Utc};
use diesel::{Associations, Identifiable, Queryable, Selectable};
use uuid::Uuid;

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

/// A valid token; deleting the row revokes the token.
#[derive(Debug, Clone, Queryable, Selectable, Identifiable)]
#[diesel(table_name = auth_token, primary_key(jti), check_for_backend(diesel::pg::Pg))]
pub struct AuthToken {
    /// The claim `jti`.
    pub jti: Uuid,
    /// The user.
    pub user_id: i32,
    /// The claim `exp`.
    pub expires_at: DateTime<Utc>,
}

/// Failed login attempts under one rate limit.
#[derive(Debug, Clone, Queryable, Selectable, Identifiable)]
#[diesel(table_name = auth_throttle, primary_key(key), check_for_backend(diesel::pg::Pg))]
pub struct AuthThrottle {
    /// The limited account, address or both.
    pub key: String,
    /// Consecutive failed attempts; or addresses or networks with failed attempts.
    pub failures: i32,
    /// Attempts before this time are rejected.
    pub blocked_until: DateTime<Utc>,
    /// Time of the last attempt.
    pub seen_at: DateTime<Utc>,
}
