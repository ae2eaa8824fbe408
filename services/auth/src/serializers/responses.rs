//! Response bodies.

use common::{
    error::{FieldProblem, MessageProblem, Problem},
    models::UserInfo,
};
use serde::Serialize;
use utoipa::ToSchema;

/// An account.
#[derive(Serialize, ToSchema)]
pub(crate) struct UserResponse {
    /// The id.
    #[schema(example = 2)]
    pub id: i32,
    /// The username.
    #[schema(example = "오늘의_먹방")]
    username: String,
    userinfo: UserInfoResponse,
}

/// User info.
#[derive(Serialize, ToSchema)]
pub(crate) struct UserInfoResponse {
    /// The id.
    #[schema(example = 2)]
    id: i32,
    /// Phone number, as entered.
    #[schema(example = "010-1234-5678")]
    phone: Option<String>,
    /// Whether the user subscribes to news.
    #[schema(example = true)]
    on_subscribe: Option<bool>,
    /// The `idx` of the user's own channel.
    #[schema(example = 17)]
    own_channel: Option<i32>,
    /// The user's id.
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
    pub(crate) fn new(username: String, info: UserInfo) -> Self {
        Self { id: info.user_id, username, userinfo: info.into() }
    }
}

/// A session.
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionResponse {
    /// The authenticated user.
    pub user: UserResponse,
    /// Sent as `Authorization: Token <token>`; valid for 24 hours or until logout.
    #[schema(example = "eyJhbGciOiJIUzI1NiIsImtpZCI6ImsxIn0.eyJzdWIiOiIyIn0.c2lnbmF0dXJl")]
    pub token: String,
}

/// The confirmation of an update.
#[derive(Serialize, ToSchema)]
pub(crate) struct UpdatedResponse {
    /// Always `success`.
    #[schema(example = "success")]
    status: &'static str,
    /// Always 200.
    #[schema(example = 200)]
    code: u16,
    /// Human-readable.
    #[schema(example = "User info updated successfully")]
    message: &'static str,
    /// Always empty.
    #[schema(value_type = Vec<String>, max_items = 0, example = json!([]))]
    data: [&'static str; 0],
}

impl UpdatedResponse {
    pub(crate) const fn user_info() -> Self {
        Self { status: "success", code: 200, message: "User info updated successfully", data: [] }
    }
}

/// Why no account was created: invalid fields, `short field`, or a malformed body.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "documents three errors with one status")]
pub(crate) enum RegisterProblem {
    Fields(FieldProblem),
    Short(MessageProblem),
    Unreadable(Problem),
}
