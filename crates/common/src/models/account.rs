//! Accounts.

use crate::db::{
    StoredTime,
    schema::{accounts_userinfo, auth_throttle, auth_token, auth_user},
};
use chrono::{DateTime, Utc};
use diesel::{Associations, Identifiable, Queryable, Selectable};
use uuid::Uuid;

/// An account.
#[derive(Clone, Queryable, Selectable, Identifiable)]
#[diesel(table_name = auth_user, check_for_backend(diesel::pg::Pg))]
pub struct User {
    /// Its number.
    pub id: i32,
    /// The hash of its password, with algorithm and parameters.
    pub password: String,
    /// The last login.
    #[diesel(deserialize_as = StoredTime)]
    pub last_login: Option<DateTime<Utc>>,
    /// An administrator of the old system.
    pub is_superuser: bool,
    /// Unique.
    pub username: String,
    /// Given name; empty if unknown.
    pub first_name: String,
    /// Family name; empty if unknown.
    pub last_name: String,
    /// Address; empty if unknown.
    pub email: String,
    /// Staff of the old system.
    pub is_staff: bool,
    /// An inactive account cannot log in.
    pub is_active: bool,
    /// When it was registered, where known.
    #[diesel(deserialize_as = StoredTime)]
    pub date_joined: Option<DateTime<Utc>>,
}

/// What an account says of itself: one row a user.
#[derive(Debug, Clone, Queryable, Selectable, Identifiable, Associations)]
#[diesel(table_name = accounts_userinfo, belongs_to(User), check_for_backend(diesel::pg::Pg))]
pub struct UserInfo {
    /// Its number.
    pub id: i32,
    /// Telephone number, as typed.
    pub phone: Option<String>,
    /// Whether news is wanted.
    pub on_subscribe: Option<bool>,
    /// The user's own channel.
    pub own_channel: Option<i32>,
    /// The user.
    pub user_id: i32,
}

/// A token that is good until it expires; without its row it is not.
#[derive(Debug, Clone, Queryable, Selectable, Identifiable)]
#[diesel(table_name = auth_token, primary_key(jti), check_for_backend(diesel::pg::Pg))]
pub struct AuthToken {
    /// The claim `jti`.
    pub jti: Uuid,
    /// Whose it is.
    pub user_id: i32,
    /// As the claim `exp`.
    pub expires_at: DateTime<Utc>,
}

/// Failed attempts to log in under one limit.
#[derive(Debug, Clone, Queryable, Selectable, Identifiable)]
#[diesel(table_name = auth_throttle, primary_key(key), check_for_backend(diesel::pg::Pg))]
pub struct AuthThrottle {
    /// What is limited: an account, an address or both.
    pub key: String,
    /// Attempts that failed, one after the other; or addresses or networks that made some.
    pub failures: i32,
    /// No attempt is allowed before.
    pub blocked_until: DateTime<Utc>,
    /// The last attempt.
    pub seen_at: DateTime<Utc>,
}
