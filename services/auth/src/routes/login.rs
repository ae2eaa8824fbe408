//! `login/`

use super::attempts::LoginAttempt;
use crate::{
    State,
    queries::{
        accounts::{Account, ensure_info, find_by_name},
        sessions::begin_session,
    },
    serializers::{LoginRequest, NamedPassword, SessionResponse, UserResponse, unable_to_log_in},
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

/// While a login is under way another one may replace the hash it was checked against:
/// it is checked again, so often at most.
const ROUNDS: usize = 2;

/// Logs in: a token that is good for 24 hours.
///
/// An unknown name, a wrong password and an inactive account are refused alike.
/// (로그인)
#[utoipa::path(
    post,
    path = "/api/accounts/auth/login/",
    tag = "auth",
    request_body = LoginRequest,
    responses(
        (status = 200, description = "Logged in", body = SessionResponse),
        (status = 400, description = "Not with this name and password", body = BodyProblem,
            example = json!({
                "non_field_errors": ["Unable to log in with provided credentials."],
                "code": "invalid",
                "request_id": "0d6e2a3c5f5b4a1e9d0c8b7a6f5e4d3c"
            })),
        (status = 429, description = "Too many attempts: wait as `Retry-After` says", body = Problem),
        WriteResponses,
    )
)]
pub(crate) async fn login(
    state: Data<State>,
    request: HttpRequest,
    Json(body): Json<LoginRequest>,
) -> Result<Json<SessionResponse>, Error> {
    let wanted = body.validate()?;
    let now = Utc::now();
    let who = (client_address(&request), wanted.username.as_str());
    let record = async |connection: &Connection| {
        LoginAttempt::record(&state.settings, connection, who, now).await
    };
    let attempt = state.step(record).await?;
    match authenticate(&state, &wanted, now).await {
        Ok(Some(session)) => {
            attempt.succeeded(&state, session.user.id).await;
            Ok(Json(session))
        }
        Ok(None) => Err(unable_to_log_in().into()),
        Err(error) => {
            attempt.not_made(&state).await;
            Err(error)
        }
    }
}

/// Begins a session of the account that name and password belong to.
async fn authenticate(
    state: &State,
    wanted: &NamedPassword,
    now: DateTime<Utc>,
) -> Result<Option<SessionResponse>, Error> {
    for _ in 0..ROUNDS {
        let find =
            async |connection: &Connection| Ok(find_by_name(connection, &wanted.username).await?);
        let found = state.step(find).await?;
        let Some(((user, info), keep)) = verify_credentials(state, &wanted.password, found).await?
        else {
            return Ok(None);
        };
        let session = state.signer.session(now);
        let begin = async |connection: &Connection| {
            if !begin_session(connection, &user, &keep, &session, now).await? {
                return Ok(None);
            }
            Ok(Some(match info {
                Some(info) => info,
                None => ensure_info(connection, user.id).await?,
            }))
        };
        if let Some(info) = state.step(begin).await? {
            let token = state.signer.sign(user.id, &session)?;
            let user = UserResponse::new(user.username, info);
            return Ok(Some(SessionResponse { user, token }));
        }
    }
    Ok(None)
}

/// The account, if it is active and the password is right, and the hash to keep of it. It
/// takes the same time whatever is wrong.
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
    let keep = match state.passwords.verify(password, &stored).await? {
        PasswordCheck::Incorrect => return Ok(None),
        PasswordCheck::Correct => stored,
        // Where too many wait, the old hash does until the next login.
        PasswordCheck::NeedsRehash => state.passwords.hash(password).await.unwrap_or(stored),
    };
    Ok(Some((account, keep)))
}
