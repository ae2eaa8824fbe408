//! `channels.list`.

use super::{
    params::{Parts, ids, required},
    problem::Problem,
    respond::{List, etag, raw, respond},
    video_item::format_time,
};
use crate::{ChannelState, Config, simulator::Simulator};
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use youtube::{ChannelId, Handle, Method};

pub(super) async fn list(simulator: web::Data<Simulator>, request: HttpRequest) -> HttpResponse {
    respond(simulator, request, Method::ChannelsList, |simulator, params, window, now| {
        let parts = Parts::read(params, &["snippet", "statistics", "contentDetails", "status"])?;
        let ids: Vec<ChannelId> = if params.contains_key("forHandle") {
            let handle = required(params, "forHandle")?.trim_start_matches('@');
            let handle: Handle =
                handle.parse().map_err(|_| Problem::invalid_parameter("forHandle"))?;
            simulator.catalog().channel_with_handle(&handle).cloned().into_iter().collect()
        } else {
            ids(params)?
        };
        let channels = ids.iter().filter_map(|id| channel(simulator, id, &parts, now));
        let items: Vec<_> = channels.filter_map(|item| raw(&item)).collect();
        let (page, has_more) = window.of(&items);
        Ok(List {
            kind: "youtube#channelListResponse",
            items: page.to_vec(),
            next: has_more.then(|| window.next_token()),
            total: items.len(),
        })
    })
    .await
}

fn channel(
    simulator: &Simulator,
    id: &ChannelId,
    parts: &Parts<'_>,
    now: DateTime<Utc>,
) -> Option<Value> {
    if let Some(recording) = simulator.recording()
        && let Some(video) = recording.videos_of(id.as_str(), now).first()
    {
        return Some(recorded_channel(id, video, parts));
    }
    Some(render(&simulator.catalog().channel_at(id, now)?, parts, &simulator.config))
}

fn render(state: &ChannelState, parts: &Parts<'_>, config: &Config) -> Value {
    let mut item = json!({
        "kind": "youtube#channel",
        "etag": etag(state.id.as_str().as_bytes()),
        "id": state.id,
    });
    if parts.has("snippet") {
        item["snippet"] = json!({
            "title": state.title,
            "description": state.description,
            "customUrl": format!("@{}", state.handle),
            "publishedAt": format_time(state.created_at),
            "thumbnails": thumbnails(&state.id, config),
            "localized": { "title": state.title, "description": state.description },
            "country": "KR",
        });
    }
    if parts.has("contentDetails") {
        item["contentDetails"] =
            json!({ "relatedPlaylists": { "likes": "", "uploads": state.id.uploads() } });
    }
    if parts.has("statistics") {
        item["statistics"] = json!({
            "viewCount": state.views.to_string(),
            "subscriberCount": state.public_subscribers.unwrap_or_default().to_string(),
            "hiddenSubscriberCount": state.public_subscribers.is_none(),
            "videoCount": state.videos.to_string(),
        });
    }
    item
}

/// Empty with local thumbnails of videos: there are no local images of channels.
fn thumbnails(id: &ChannelId, config: &Config) -> Value {
    if config.thumbnails.is_some() {
        return json!({});
    }
    let thumbnail = |size: u16| json!({ "url": format!("https://yt3.ggpht.com/{id}=s{size}"), "width": size, "height": size });
    json!({ "default": thumbnail(88), "medium": thumbnail(240), "high": thumbnail(800) })
}

/// Recorded videos have only the id and name of their channel: subscribers count as hidden.
fn recorded_channel(id: &ChannelId, video: &Value, parts: &Parts<'_>) -> Value {
    let mut item = json!({ "kind": "youtube#channel", "etag": "", "id": id });
    if parts.has("snippet") {
        item["snippet"] = json!({
            "title": video["snippet"]["channelTitle"],
            "description": "",
            "publishedAt": "2015-01-01T00:00:00Z",
            "thumbnails": {},
        });
    }
    if parts.has("contentDetails") {
        item["contentDetails"] = json!({ "relatedPlaylists": { "uploads": id.uploads() } });
    }
    if parts.has("statistics") {
        item["statistics"] = json!({ "hiddenSubscriberCount": true });
    }
    item
}
