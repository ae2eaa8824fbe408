//! `/internal/api-key/`: the gateway's subrequest for each request with an API key. No client can
//! reach it through the gateway.

use crate::{
    State,
    domain::secrets::{Secret, SecretKind},
    queries::api_keys::{Usage, count_request},
    settings::ApiKeyLimit,
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::Data,
};
use common::{Error, error::AuthenticationError};

/// The header with the key.
const API_KEY: &str = "x-api-key";

/// Counts a request: 204, or 403 beyond the limit, both with `RateLimit` headers; 401 if the key is
/// unknown. nginx passes on no other status of a subrequest than 2xx, 401 and 403; the gateway
/// turns 403 into 429, and everything else into 503.
pub(crate) async fn check_api_key(
    state: Data<State>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    let invalid = Error::Unauthorized(AuthenticationError::Invalid);
    let Some(key) = key_of(&request) else { return Err(invalid) };
    let limit = &state.settings.api_key;
    let connection = state.pool.get().await?;
    let usage = count_request(&connection, &key, limit).await?.ok_or(invalid)?;
    Ok(response(&usage, limit))
}

/// The key of the header, which must occur once.
fn key_of(request: &HttpRequest) -> Option<Secret> {
    let mut headers = request.headers().get_all(API_KEY);
    let value = headers.next().filter(|_| headers.next().is_none())?;
    Secret::parse(SecretKind::ApiKey, value.to_str().ok()?.trim())
}

/// `RateLimit` and `RateLimit-Policy` as in draft-ietf-httpapi-ratelimit-headers-10.
fn response(usage: &Usage, limit: &ApiKeyLimit) -> HttpResponse {
    let requests = u32::try_from(usage.requests).unwrap_or(u32::MAX);
    let is_allowed = requests <= limit.requests;
    let status = if is_allowed { StatusCode::NO_CONTENT } else { StatusCode::FORBIDDEN };
    let seconds = usage.seconds_left.ceil().max(1.0);
    let mut response = HttpResponse::build(status);
    let policy = format!("\"key\";q={};w={}", limit.requests, limit.window_seconds());
    let remaining = limit.requests.saturating_sub(requests);
    response
        .insert_header(("ratelimit-policy", policy))
        .insert_header(("ratelimit", format!("\"key\";r={remaining};t={seconds:.0}")));
    if !is_allowed {
        response.insert_header((header::RETRY_AFTER, format!("{seconds:.0}")));
    }
    response.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use common::settings::Millis;

    fn headers(requests: i32, seconds_left: f64) -> (u16, Vec<Option<String>>) {
        let limit = ApiKeyLimit { requests: 2, window_ms: Millis(10_000) };
        let response = response(&Usage { requests, seconds_left }, &limit);
        let header = |name| response.headers().get(name).map(|v| v.to_str().unwrap().to_owned());
        let headers = ["ratelimit-policy", "ratelimit", "retry-after"].map(header);
        (response.status().as_u16(), headers.to_vec())
    }

    #[test]
    fn request_beyond_the_limit_is_rejected_until_the_end_of_the_window() {
        let text = |text: &str| Some(text.to_owned());
        let policy = text("\"key\";q=2;w=10");
        let allowed = (204, vec![policy.clone(), text("\"key\";r=0;t=4"), None]);
        assert_eq!(headers(2, 3.2), allowed);
        let blocked = (403, vec![policy, text("\"key\";r=0;t=1"), text("1")]);
        assert_eq!(headers(3, -0.1), blocked);
    }
}
