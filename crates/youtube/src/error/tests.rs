use super::*;
use serde_json::json;

fn error_of(status: u16, body: &serde_json::Value) -> Error {
    classify(status, None, body.to_string().as_bytes(), Bucket::Units)
}

/// An error as the API sends it.
fn body(status: u16, reason: &str, message: &str) -> serde_json::Value {
    let item = json!({ "message": message, "domain": "youtube.quota", "reason": reason });
    json!({ "error": { "code": status, "message": message, "errors": [item] } })
}

/// An error with `google.rpc.ErrorInfo`, as the API gateway sends it.
fn gateway_body(status: u16, reason: &str, info: &str, message: &str) -> serde_json::Value {
    let mut body = body(status, reason, message);
    body["error"]["details"] = json!([
        { "@type": "type.googleapis.com/google.rpc.Help", "links": [] },
        {
            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
            "reason": info,
            "domain": "googleapis.com",
            "metadata": { "service": "youtube.googleapis.com" },
        },
    ]);
    body
}

#[test]
fn quota_errors_stop_their_bucket() {
    for reason in ["quotaExceeded", "dailyLimitExceeded"] {
        let body = body(403, reason, "The request cannot be completed").to_string();
        let error = classify(403, None, body.as_bytes(), Bucket::Search);
        assert_eq!(error.action(), Action::StopBucket(Bucket::Search), "{reason}");
        assert!(!error.is_retryable());
    }
}

#[test]
fn daily_limit_of_the_gateway_is_a_quota_error() {
    let mut body = gateway_body(429, "rateLimitExceeded", "RATE_LIMIT_EXCEEDED", "Quota exceeded");
    assert!(matches!(error_of(429, &body), Error::RateLimited { .. }));
    body["error"]["details"][1]["metadata"]["quota_unit"] = json!("1/d/{project}");
    assert!(matches!(error_of(429, &body), Error::QuotaExceeded { .. }));
}

#[test]
fn rate_limits_and_server_errors_are_retried() {
    for (status, reason) in [
        (403, "rateLimitExceeded"),
        (403, "userRateLimitExceeded"),
        (429, ""),
        (500, "backendError"),
        (503, ""),
        (418, ""),
    ] {
        let error = error_of(status, &body(status, reason, "Try again"));
        assert!(error.is_retryable(), "{error}");
        assert_eq!(error.action(), Action::RetryLater, "{error}");
    }
    let html = classify(502, Some(Duration::from_secs(7)), b"<html>Bad Gateway", Bucket::Units);
    assert_eq!(html.retry_after(), Some(Duration::from_secs(7)));
    assert!(html.to_string().contains("Bad Gateway"), "{html}");
}

#[test]
fn forbidden_response_of_a_proxy_is_retried() {
    let error = classify(403, None, b"<html>blocked by a proxy", Bucket::Units);
    assert_eq!(error.action(), Action::RetryLater);
}

#[test]
fn key_errors_halt_collection_and_name_the_problem() {
    let not_valid = "API key not valid. Please pass a valid API key.";
    let cases = [
        (gateway_body(400, "badRequest", "API_KEY_INVALID", not_valid), KeyProblem::Invalid),
        (body(400, "keyInvalid", "Bad Request"), KeyProblem::Invalid),
        (body(400, "keyExpired", "Bad Request"), KeyProblem::Expired),
        (
            gateway_body(400, "badRequest", "API_KEY_INVALID", "API key expired."),
            KeyProblem::Expired,
        ),
        (body(403, "ipRefererBlocked", "The request did not specify"), KeyProblem::Restricted),
        (gateway_body(403, "forbidden", "API_KEY_SERVICE_BLOCKED", ""), KeyProblem::Restricted),
        (gateway_body(403, "forbidden", "API_KEY_IP_ADDRESS_BLOCKED", ""), KeyProblem::Restricted),
        (body(403, "accessNotConfigured", "has not been used"), KeyProblem::AccessNotConfigured),
        (gateway_body(403, "forbidden", "SERVICE_DISABLED", ""), KeyProblem::AccessNotConfigured),
        (gateway_body(403, "forbidden", "CONSUMER_SUSPENDED", ""), KeyProblem::Suspended),
        (body(403, "forbidden", "Method doesn't allow unregistered callers"), KeyProblem::Missing),
        (body(401, "required", "Login Required"), KeyProblem::Missing),
    ];
    for (body, expected) in cases {
        let status = u16::try_from(body["error"]["code"].as_u64().unwrap()).unwrap();
        let error = error_of(status, &body);
        assert!(
            matches!(error, Error::Key { problem, .. } if problem == expected),
            "{error}: {body}"
        );
        assert_eq!(error.action(), Action::Halt);
    }
}

#[test]
fn missing_resources_are_classified_and_skipped() {
    let cases = [
        (404, "playlistNotFound", Resource::Playlist),
        (404, "channelNotFound", Resource::Channel),
        (404, "videoNotFound", Resource::Video),
        (404, "videoChartNotFound", Resource::Chart),
        (400, "videoChartNotFound", Resource::Chart),
        (404, "notFound", Resource::Other),
    ];
    for (status, reason, expected) in cases {
        let error = error_of(status, &body(status, reason, "not found"));
        assert!(matches!(error, Error::NotFound { kind, .. } if kind == expected), "{error}");
        assert_eq!(error.action(), Action::Skip);
    }
}

#[test]
fn invalid_and_forbidden_requests_name_the_reason() {
    let bad = error_of(400, &body(400, "invalidPageToken", "The page token is invalid"));
    assert_eq!(bad.to_string(), "bad request (invalidPageToken): The page token is invalid");
    let forbidden = error_of(403, &body(403, "playlistItemsNotAccessible", "private"));
    assert!(
        matches!(&forbidden, Error::Forbidden { reason, .. } if reason == "playlistItemsNotAccessible")
    );
    assert_eq!((bad.action(), forbidden.action()), (Action::Skip, Action::Skip));
}

#[test]
fn long_messages_are_truncated() {
    let error = error_of(400, &body(400, "badRequest", &"가".repeat(5_000)));
    assert!(error.to_string().chars().count() < 400);
}

#[test]
fn message_of_the_server_has_no_html_tags() {
    let text = r#"exceeded your <a href="/youtube/v3/getting-started#quota">quota</a>. 1 < 2"#;
    assert_eq!(without_tags(text), "exceeded your quota. 1 < 2");
}
