//! `register/`

use crate::{
    State,
    domain::{ClientAddress, RateLimitKey},
    queries::{
        accounts::{NewAccount, insert_account, username_exists},
        attempts::CountingMode,
    },
    rate_limiting,
    serializers::{
        RegisterProblem, RegisterRequest, SessionResponse, UserResponse, taken_username,
    },
};
use actix_web::{HttpRequest, web::Data};
use chrono::Utc;
use common::{
    Error,
    db::Connection,
    error::{Problem, WriteResponses},
    http::{Json, client_address},
};
use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// The unique constraint of usernames, created by Django.
const USERNAME: &str = "auth_user_username_key";

/// Creates an account and logs in.
///
/// A username under 5 or a password under 4 characters returns `{"message": "short field"}`.
/// (회원가입)
#[utoipa::path(
    post,
    path = "/api/accounts/auth/register/",
    tag = "auth",
    request_body = RegisterRequest,
    responses(
        (status = 200, description = "Registered and logged in", body = SessionResponse),
        (status = 400, description = "A field is invalid or too short (`message`, with `code` \
            `short_field`), or the username is taken", body = RegisterProblem,
            example = json!({
                "username": ["A user with that username already exists."],
                "code": "invalid",
                "request_id": "0d6e2a3c5f5b4a1e9d0c8b7a6f5e4d3c"
            })),
        (status = 429, description = "Too many attempts; retry after `Retry-After` seconds", body = Problem),
        WriteResponses,
    )
)]
pub(crate) async fn register(
    state: Data<State>,
    request: HttpRequest,
    Json(body): Json<RegisterRequest>,
) -> Result<Json<SessionResponse>, Error> {
    let credentials = body.validate()?;
    let now = Utc::now();
    let client = ClientAddress::of(client_address(&request));
    let record = async |connection: &Connection| {
        let (key, limit) = (RateLimitKey::register(client), &state.settings.register);
        let attempt =
            rate_limiting::record_or_reject(connection, key, limit, CountingMode::Always, now)
                .await?;
        if username_exists(connection, &credentials.username).await? {
            return Err(taken_username().into());
        }
        Ok(attempt)
    };
    let attempt = state.with_connection(record).await?;
    let password = state.passwords.hash(&credentials.password).await;
    if password.is_err() {
        rate_limiting::refund(&state, &attempt).await;
    }
    let (username, password) = (credentials.username.as_str(), password?);
    let account = NewAccount { username, password: &password, date_joined: now, client };
    create_account(&state, &account).await.map(Json)
}

/// Stores the account and its first session.
async fn create_account(state: &State, account: &NewAccount<'_>) -> Result<SessionResponse, Error> {
    let session = state.signer.session(account.date_joined);
    let insert = async |connection: &Connection| {
        insert_account(connection, account, &session).await.map_err(insert_error)
    };
    let info = state.with_connection(insert).await?;
    let token = state.signer.sign(info.user_id, &session)?;
    Ok(SessionResponse { user: UserResponse::new(account.username.to_owned(), info), token })
}

/// The error of an insert: a concurrent request may have taken the username.
fn insert_error(error: DieselError) -> Error {
    match &error {
        DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, about)
            if about.constraint_name() == Some(USERNAME) =>
        {
            taken_username().into()
        }
        _ => error.into(),
    }
}
