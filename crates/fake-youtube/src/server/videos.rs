//! `videos.list` and `videos:batchGetStats`.

use super::{
    params::{Params, Parts, Window, ids, parsed, required},
    problem::Problem,
    respond::{List, etag, raw, respond},
    video_item::{Snippet, Statistics, StatsItem, VideoItem, format_time, live_streaming_details},
};
use crate::{Config, LivePhase, VideoKind, VideoState, Visibility, simulator::Simulator};
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use serde_json::{Value, json, value::RawValue};
use std::collections::BTreeMap;
use youtube::{Method, VideoId};

const PARTS: [&str; 7] = [
    "snippet",
    "contentDetails",
    "statistics",
    "liveStreamingDetails",
    "status",
    "topicDetails",
    "localizations",
];

pub(super) async fn list(simulator: web::Data<Simulator>, request: HttpRequest) -> HttpResponse {
    respond(simulator, request, Method::VideosList, |simulator, params, window, now| {
        let parts = Parts::read(params, &PARTS)?;
        if params.contains_key("chart") {
            return chart(simulator, params, &parts, &window, now);
        }
        let ids: Vec<VideoId> = ids(params)?;
        let items = ids.iter().filter_map(|id| video(simulator, id, &parts, now));
        let items: Vec<_> = items.collect();
        Ok(List { kind: "youtube#videoListResponse", total: items.len(), items, next: None })
    })
    .await
}

fn chart(
    simulator: &Simulator,
    params: &Params,
    parts: &Parts<'_>,
    window: &Window,
    now: DateTime<Utc>,
) -> Result<List, Problem> {
    if required(params, "chart")? != "mostPopular" {
        return Err(Problem::invalid_parameter("chart"));
    }
    // `AA`, `XA` to `XZ` and `ZZ` are no country in ISO 3166.
    let region = required(params, "regionCode")?;
    if region.len() != 2 || region.starts_with('X') || matches!(region, "AA" | "ZZ") {
        return Err(Problem::invalid_parameter("regionCode"));
    }
    let category = parsed(params, "videoCategoryId")?.filter(|category| *category != 0);
    let kind = "youtube#videoListResponse";
    if let Some(recording) = simulator.recording() {
        let (page, has_more) = window.of(recording.chart(now));
        let items = page.iter().filter_map(|item| with_parts(item, parts)).collect();
        let next = has_more.then(|| window.next_token());
        return Ok(List { kind, items, next, total: recording.chart(now).len() });
    }
    let Some(chart) = simulator.chart(category, now) else {
        let message = "The requested video chart is not supported or is not available.";
        // Both have been observed.
        let status = if category.unwrap_or_default().is_multiple_of(2) { 404 } else { 400 };
        return Err(Problem::new(status, "videoChartNotFound", message));
    };
    let (page, has_more) = window.of(&chart);
    let items = page.iter().filter_map(|id| video(simulator, id, parts, now)).collect();
    Ok(List { kind, items, next: has_more.then(|| window.next_token()), total: chart.len() })
}

pub(super) async fn batch_get_stats(
    simulator: web::Data<Simulator>,
    request: HttpRequest,
) -> HttpResponse {
    respond(simulator, request, Method::VideosBatchGetStats, |simulator, params, _, now| {
        let parts = Parts::read(params, &["snippet", "statistics", "contentDetails"])?;
        let ids: Vec<VideoId> = ids(params)?;
        let items = ids.iter().filter_map(|id| {
            let recorded = simulator.recording().and_then(|it| it.video(id.as_str(), now));
            if let Some(item) = recorded {
                return recorded_stats(id, item, &parts);
            }
            let state = public_video(simulator, id, now)?;
            raw(&StatsItem {
                kind: "youtube#videoStats",
                id: &state.id,
                snippet: parts.has("snippet").then(|| {
                    json!({
                        "publishTime": format_time(state.published_at),
                    })
                }),
                statistics: parts.has("statistics").then(|| Statistics::of(&state)),
                content_details: parts.has("contentDetails").then(|| {
                    json!({
                        "duration": duration(&state),
                        "durationMillis": (state.seconds * 1_000).to_string(),
                    })
                }),
            })
        });
        let items: Vec<_> = items.collect();
        Ok(List { kind: "youtube#batchGetStatsResponse", total: items.len(), items, next: None })
    })
    .await
}

/// The statistics of a recorded video.
fn recorded_stats(id: &VideoId, item: &Value, parts: &Parts<'_>) -> Option<Box<RawValue>> {
    let published = || json!({ "publishTime": item["snippet"]["publishedAt"] });
    let duration = || json!({ "duration": item["contentDetails"]["duration"] });
    raw(&json!({
        "kind": "youtube#videoStats",
        "id": id,
        "snippet": parts.has("snippet").then(published),
        "statistics": parts.has("statistics").then(|| item["statistics"].clone()),
        "contentDetails": parts.has("contentDetails").then(duration),
    }))
}

fn public_video(simulator: &Simulator, id: &VideoId, now: DateTime<Utc>) -> Option<VideoState> {
    let state = simulator.catalog().video_at(id, now)?;
    (state.visibility == Visibility::Public).then_some(state)
}

/// The parts of a video that can be seen, recorded or simulated.
fn video(
    simulator: &Simulator,
    id: &VideoId,
    parts: &Parts<'_>,
    now: DateTime<Utc>,
) -> Option<Box<RawValue>> {
    let recorded = simulator.recording().and_then(|it| it.video(id.as_str(), now));
    if let Some(item) = recorded {
        return with_parts(item, parts);
    }
    let state = public_video(simulator, id, now)?;
    render(&state, parts, now, &simulator.config)
}

/// The requested parts of a recorded item.
fn with_parts(item: &Value, parts: &Parts<'_>) -> Option<Box<RawValue>> {
    let fields = item.as_object().into_iter().flatten();
    let is_requested = |name: &str| matches!(name, "kind" | "etag" | "id") || parts.has(name);
    raw(&fields.filter(|(name, _)| is_requested(name)).collect::<BTreeMap<_, _>>())
}

fn render(
    state: &VideoState,
    parts: &Parts<'_>,
    now: DateTime<Utc>,
    config: &Config,
) -> Option<Box<RawValue>> {
    let is_live = matches!(state.kind, VideoKind::Live | VideoKind::Premiere);
    raw(&VideoItem {
        kind: "youtube#video",
        etag: etag(state.id.as_str().as_bytes()),
        id: &state.id,
        snippet: parts.has("snippet").then(|| Snippet::of(state, config)),
        content_details: parts.has("contentDetails").then(|| {
            json!({
                "duration": duration(state), "dimension": "2d", "definition": "hd",
                "caption": "false", "licensedContent": true, "contentRating": {},
                "projection": "rectangular",
            })
        }),
        status: parts.has("status").then(|| {
            json!({
                "uploadStatus": "processed", "privacyStatus": "public", "license": "youtube",
                "embeddable": true, "publicStatsViewable": true, "madeForKids": false,
            })
        }),
        statistics: parts.has("statistics").then(|| Statistics::of(state)),
        live_streaming_details: (is_live && parts.has("liveStreamingDetails"))
            .then(|| live_streaming_details(state, now)),
    })
}

/// In ISO 8601; `P0D` before the end of a premiere or live stream.
fn duration(state: &VideoState) -> String {
    if state.live_phase != LivePhase::None {
        return "P0D".into();
    }
    let (hours, rest) = (state.seconds / 3_600, state.seconds % 3_600);
    match (hours, rest / 60) {
        (0, 0) => format!("PT{rest}S"),
        (0, minutes) => format!("PT{minutes}M{}S", rest % 60),
        (hours, minutes) => format!("PT{hours}H{minutes}M{}S", rest % 60),
    }
}
