//! Control of the simulator, and the state of its videos and channels.

use crate::{ChannelState, VideoState, faults::Fault, simulator::Simulator};
use actix_web::{HttpResponse, Responder, web};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use youtube::{Bucket, Method};

/// Ids and channels in one response.
const MAX_ITEMS: usize = 1_000;

/// Time, quota, requests and faults.
pub(super) async fn state(simulator: web::Data<Simulator>) -> impl Responder {
    let usage = simulator.usage();
    let used = Bucket::ALL.map(|bucket| (bucket.name().to_owned(), usage.used(bucket).into()));
    let requests =
        Method::ALL.map(|method| (method.name().to_owned(), simulator.requests(method).into()));
    web::Json(json!({
        "now": simulator.clock().now(),
        "speed": simulator.clock().speed(),
        "quota": { "day": usage.day(), "used": used.into_iter().collect::<Map<_, _>>() },
        "requests": requests.into_iter().collect::<Map<_, _>>(),
        "faults": simulator.faults(),
    }))
}

/// A change of the clock.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClockRequest {
    time: Option<DateTime<Utc>>,
    advance_seconds: Option<i64>,
    speed: Option<f64>,
}

pub(super) async fn set_clock(
    simulator: web::Data<Simulator>,
    request: web::Json<ClockRequest>,
) -> impl Responder {
    let advance = TimeDelta::try_seconds(request.advance_seconds.unwrap_or_default());
    let start = request.time.unwrap_or_else(|| simulator.clock().now());
    match advance.and_then(|advance| start.checked_add_signed(advance)) {
        Some(time) => {
            simulator.set_time(time, request.speed);
            HttpResponse::NoContent().finish()
        }
        None => HttpResponse::BadRequest().body("the time is out of range"),
    }
}

pub(super) async fn add_fault(
    simulator: web::Data<Simulator>,
    request: web::Json<Value>,
) -> impl Responder {
    match Fault::parse(&request) {
        Ok(fault) => {
            simulator.add_fault(fault);
            HttpResponse::NoContent().finish()
        }
        Err(reason) => HttpResponse::BadRequest().body(reason),
    }
}

pub(super) async fn clear_faults(simulator: web::Data<Simulator>) -> impl Responder {
    simulator.clear_faults();
    HttpResponse::NoContent()
}

/// A part of the list of channels.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChannelsParams {
    #[serde(default)]
    offset: usize,
    limit: Option<usize>,
}

/// Channels that exist now, as sources for a collector.
pub(super) async fn channels(
    simulator: web::Data<Simulator>,
    params: web::Query<ChannelsParams>,
) -> impl Responder {
    let (catalog, now) = (simulator.catalog(), simulator.clock().now());
    let channels = catalog.channel_ids().filter_map(|id| catalog.channel_at(id, now));
    let limit = params.limit.unwrap_or(MAX_ITEMS).min(MAX_ITEMS);
    web::Json(channels.skip(params.offset).take(limit).collect::<Vec<_>>())
}

/// Ids of videos and channels, and an instant.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SnapshotParams {
    ids: String,
    at: Option<DateTime<Utc>>,
}

/// The exact state of videos and channels; those that do not exist then are absent.
#[derive(Debug, Serialize)]
struct SnapshotResponse {
    at: DateTime<Utc>,
    videos: Vec<VideoState>,
    channels: Vec<ChannelState>,
}

pub(super) async fn snapshot(
    simulator: web::Data<Simulator>,
    params: web::Query<SnapshotParams>,
) -> impl Responder {
    let (catalog, at) = (simulator.catalog(), params.at.unwrap_or_else(|| simulator.clock().now()));
    let ids = || params.ids.split(',').map(str::trim).take(MAX_ITEMS);
    web::Json(SnapshotResponse {
        at,
        videos: ids().filter_map(|id| catalog.video_at(&id.parse().ok()?, at)).collect(),
        channels: ids().filter_map(|id| catalog.channel_at(&id.parse().ok()?, at)).collect(),
    })
}
