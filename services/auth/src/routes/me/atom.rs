//! `me/feed/{token}.atom`

use super::digest::load_digest;
use crate::{
    State,
    domain::secrets::{Secret, SecretKind, sha256_hex},
    domain::week::{DigestWindow, Week},
    queries::{
        digest::{MAX_ROWS, list_alerts, record_alerts},
        feeds::find_feed_by_token,
    },
    serializers::me::{
        AlertResponse, FeedParams,
        atom::Feed,
        feed_texts::{Language, alert_entry, digest_entry},
    },
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{
        self, ETag, EntityTag, Header, HttpDate, IfModifiedSince, IfNoneMatch, LastModified,
    },
    web::{Data, Path},
};
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use common::{
    Error,
    db::Connection,
    error::{FieldProblem, Problem},
    http::{Query, public_url},
    time::seoul_day,
};
use std::{cmp::Reverse, time::SystemTime};
use uuid::Uuid;

/// Age of the oldest alert in a feed.
const MAX_AGE: TimeDelta = TimeDelta::days(28);

/// Returns the alerts of the last 28 days and the digest of the last week as an Atom feed, to
/// anyone who knows the URL.
///
/// (관심 목록 Atom 피드)
#[utoipa::path(
    get,
    path = "/api/me/feed/{token}.atom",
    tag = "me",
    params(
        ("token" = String, Path, description = "The secret token",
            example = "cf_3q2-7wEGCGCCZ2VtYmVycyBhcmUgbm90IHNlY3JldCE"),
        FeedParams,
    ),
    responses(
        (status = 200, description = "The feed", body = String,
            content_type = "application/atom+xml"),
        (status = 304, description = "Not modified"),
        (status = 400, description = "The language is invalid", body = FieldProblem),
        (status = 404, description = "No feed has this token", body = Problem),
        (status = 405, description = "Method not allowed", body = Problem),
        (status = 503, description = "Service unavailable", body = Problem),
        (status = 504, description = "Timeout exceeded", body = Problem),
    )
)]
pub(crate) async fn atom_feed(
    state: Data<State>,
    request: HttpRequest,
    token: Path<String>,
    Query(params): Query<FeedParams>,
) -> Result<HttpResponse, Error> {
    let language = params.validate()?;
    let not_found = || Error::NotFound("No feed has this URL.".into());
    let token = token.strip_suffix(".atom").and_then(|text| Secret::parse(SecretKind::Feed, text));
    let token = token.ok_or_else(not_found)?;
    let connection = state.pool.get().await?;
    let (user_id, id) =
        find_feed_by_token(&connection, &token.hash()).await?.ok_or_else(not_found)?;
    let feed = (id, language, public_url(&request, ""));
    let feed = load_feed(&connection, user_id, feed).await?;
    Ok(respond(&request, feed.to_xml()?, feed.updated))
}

async fn load_feed(
    connection: &Connection,
    user_id: i32,
    (id, language, base): (Uuid, Language, String),
) -> Result<Feed, Error> {
    let now = Utc::now();
    let today = seoul_day(now);
    record_alerts(connection, user_id, Week::of(today), now).await?;
    // The clocks of replicas differ slightly.
    let recent = now - MAX_AGE..now + TimeDelta::minutes(1);
    let alerts = list_alerts(connection, user_id, recent, MAX_ROWS).await?;
    let mut entries: Vec<_> = alerts
        .into_iter()
        .map(|row| alert_entry(&AlertResponse::from(row), language, &base))
        .collect();
    let week = Week::of(today).previous();
    let week_end = week.range().end;
    if let Some(window) = DigestWindow::of_week(week, today) {
        let digest = load_digest(connection, user_id, window).await?;
        if !digest.is_empty() {
            entries.push(digest_entry(&digest, week, id, language, &base));
        }
    }
    entries.sort_by_key(|entry| Reverse(entry.updated));
    Ok(Feed {
        id,
        language: language.code(),
        title: language.feed_title(),
        url: format!("{base}/watchlist"),
        updated: entries.first().map_or(week_end, |entry| entry.updated),
        entries,
    })
}

/// The feed, or 304 if the client has this version.
fn respond(request: &HttpRequest, xml: String, updated: DateTime<Utc>) -> HttpResponse {
    let hash = sha256_hex(xml.as_bytes());
    let etag = EntityTag::new_strong(hash.get(..32).unwrap_or_default().to_owned());
    // Dates in headers have no fractions of seconds.
    let updated = HttpDate::from(SystemTime::from(updated.trunc_subsecs(0)));
    // If-Modified-Since counts only without If-None-Match (RFC 9110, section 13.1.3).
    let is_current = if request.headers().contains_key(header::IF_NONE_MATCH) {
        match IfNoneMatch::parse(request) {
            Ok(IfNoneMatch::Any) => true,
            Ok(IfNoneMatch::Items(tags)) => tags.iter().any(|tag| tag.weak_eq(&etag)),
            Err(_) => false,
        }
    } else {
        IfModifiedSince::parse(request).is_ok_and(|IfModifiedSince(since)| since >= updated)
    };
    let mut response = if is_current { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header(ETag(etag))
        .insert_header(LastModified(updated))
        .insert_header((header::CACHE_CONTROL, "private, max-age=600"));
    if is_current {
        return response.finish();
    }
    response.content_type("application/atom+xml; charset=utf-8").body(xml)
}
