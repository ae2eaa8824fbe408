//! `login/`

use crate::{
    State,
    queries::{
        accounts::{Account, find_by_name, find_or_insert_info},
        sessions::begin_session,
    },
    rate_limiting::LoginAttempt,
    serializers::{Credentials, LoginRequest, SessionResponse, UserResponse, unable_to_log_in},
};
use actix_web::{HttpRequest, web::Data};
use chrono::{DateTime, Utc};
use common::{
    Error,
    auth::PasswordCheck,
    db::Connection,
    error::{BodyProblem, Problem, WriteResponses},
    http::{Json, client_address},
};

/// A concurrent login may replace the hash that a password was verified against; the password is
/// then verified again.
const MAX_VERIFICATIONS: usize = 2;

/// Logs in and returns a token that is valid for 24 hours.
///
/// An unknown username, a wrong password and an inactive account return the same error.
/// (로그인)
#[utoipa::path(
    post,
    path = "/api/accounts/auth/login/",
    tag = "auth",
    request_body = LoginRequest,
    responses(
        (status = 200, description = "Logged in", body = SessionResponse),
        (status = 400, description = "Invalid credentials or fields", body = BodyProblem,
            example = json!({
                "non_field_errors": ["Unable to log in with provided credentials."],
                "code": "invalid",
                "request_id": "0d6e2a3c5f5b4a1e9d0c8b7a6f5e4d3c"
            })),
        (status = 429, description = "Too many attempts; retry after `Retry-After` seconds", body = Problem),
        WriteResponses,
    )
)]
pub(crate) async fn login(
    state: Data<State>,
    request: HttpRequest,
    Json(body): Json<LoginRequest>,
) -> Result<Json<SessionResponse>, Error> {
    let credentials = body.validate()?;
    let now = Utc::now();
    let client = (client_address(&request), credentials.username.as_str());
    let record = async |connection: &Connection| {
        LoginAttempt::record(&state.settings, connection, client, now).await
    };
    let attempt = state.with_connection(record).await?;
    match authenticate(&state, &credentials, now).await {
        Ok(Some(session)) => {
            attempt.complete(&state, session.user.id).await;
            Ok(Json(session))
        }
        Ok(None) => Err(unable_to_log_in().into()),
        Err(error) => {
            attempt.cancel(&state).await;
            Err(error)
        }
    }
}

/// Verifies the credentials and creates a session; `None` if they are wrong.
async fn authenticate(
    state: &State,
    credentials: &Credentials,
    now: DateTime<Utc>,
) -> Result<Option<SessionResponse>, Error> {
    for _ in 0..MAX_VERIFICATIONS {
        let find = async |connection: &Connection| {
            Ok(find_by_name(connection, &credentials.username).await?)
        };
        let found = state.with_connection(find).await?;
        let Some(((user, info), hash)) =
            verify_credentials(state, &credentials.password, found).await?
        else {
            return Ok(None);
        };
        let session = state.signer.session(now);
        let begin = async |connection: &Connection| {
            if !begin_session(connection, &user, &hash, &session, now).await? {
                return Ok(None);
            }
            Ok(Some(match info {
                Some(info) => info,
                None => find_or_insert_info(connection, user.id).await?,
            }))
        };
        if let Some(info) = state.with_connection(begin).await? {
            let token = state.signer.sign(user.id, &session)?;
            let user = UserResponse::new(user.username, info);
            return Ok(Some(SessionResponse { user, token }));
        }
    }
    Ok(None)
}

/// The account, if it is active and the password is correct, and the hash to store. The time does
/// not depend on which of them is wrong.
async fn verify_credentials(
    state: &State,
    password: &str,
    found: Option<Account>,
) -> Result<Option<(Account, String)>, Error> {
    let Some(account) = found.filter(|(user, _)| user.is_active) else {
        state.passwords.verify_dummy_password(password).await?;
        return Ok(None);
    };
    let stored = account.0.password.clone();
    let hash = match state.passwords.verify(password, &stored).await? {
        PasswordCheck::Incorrect => return Ok(None),
        PasswordCheck::Correct => stored,
        // Without a permit for hashing, the old hash remains until the next login.
        PasswordCheck::NeedsRehash => state.passwords.hash(password).await.unwrap_or(stored),
    };
    Ok(Some((account, hash)))
}
