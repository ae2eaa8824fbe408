//! What a client sees.

use common::{
    error::{FieldProblem, MessageProblem, Problem},
    models::UserInfo,
};
use serde::Serialize;
use utoipa::ToSchema;

/// An account.
#[derive(Serialize, ToSchema)]
pub(crate) struct UserResponse {
    /// Its number.
    #[schema(example = 2)]
    pub id: i32,
    /// The name to log in with.
    #[schema(example = "오늘의_먹방")]
    username: String,
    userinfo: UserInfoResponse,
}

/// What an account says of itself.
#[derive(Serialize, ToSchema)]
pub(crate) struct UserInfoResponse {
    /// Its number.
    #[schema(example = 2)]
    id: i32,
    /// Telephone number, as typed.
    #[schema(example = "010-1234-5678")]
    phone: Option<String>,
    /// Whether news is wanted.
    #[schema(example = true)]
    on_subscribe: Option<bool>,
    /// The user's own channel, by its number here.
    #[schema(example = 17)]
    own_channel: Option<i32>,
    /// The user.
    #[schema(example = 2)]
    user_id: i32,
}

impl From<UserInfo> for UserInfoResponse {
    fn from(row: UserInfo) -> Self {
        Self {
            id: row.id,
            phone: row.phone,
            on_subscribe: row.on_subscribe,
            own_channel: row.own_channel,
            user_id: row.user_id,
        }
    }
}

impl UserResponse {
    /// The account of this name, with what it says of itself.
    pub(crate) fn new(username: String, info: UserInfo) -> Self {
        Self { id: info.user_id, username, userinfo: info.into() }
    }
}

/// A login that succeeded.
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionResponse {
    /// Who has logged in.
    pub user: UserResponse,
    /// Proves who asks, in `Authorization: Token <token>`, for 24 hours or until logged out.
    #[schema(example = "eyJhbGciOiJIUzI1NiIsImtpZCI6ImsxIn0.eyJzdWIiOiIyIn0.c2lnbmF0dXJl")]
    pub token: String,
}

/// A change that was made.
#[derive(Serialize, ToSchema)]
pub(crate) struct UpdatedResponse {
    /// Always `success`.
    #[schema(example = "success")]
    status: &'static str,
    /// Always 200.
    #[schema(example = 200)]
    code: u16,
    /// For people.
    #[schema(example = "User info updated successfully")]
    message: &'static str,
    /// Always empty.
    #[schema(value_type = Vec<String>, max_items = 0, example = json!([]))]
    data: [&'static str; 0],
}

impl UpdatedResponse {
    /// What an account says of itself was changed.
    pub(crate) const fn user_info() -> Self {
        Self { status: "success", code: 200, message: "User info updated successfully", data: [] }
    }
}

/// Why nobody was registered: fields that cannot be used, `short field`, or a body that
/// cannot be read.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "the document's form of three errors")]
pub(crate) enum RegisterProblem {
    Fields(FieldProblem),
    Short(MessageProblem),
    Unreadable(Problem),
}
