//! `playlistItems.list`.

use super::{
    params::{Parts, Window, required},
    problem::Problem,
    respond::{List, etag, raw, respond},
    video_item::Thumbnails,
    video_item::format_time,
};
use crate::{Config, VideoState, Visibility, simulator::Simulator};
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use youtube::{Method, PlaylistId};

const KIND: &str = "youtube#playlistItemListResponse";

pub(super) async fn list(simulator: web::Data<Simulator>, request: HttpRequest) -> HttpResponse {
    respond(simulator, request, Method::PlaylistItemsList, |simulator, params, window, now| {
        let parts = Parts::read(params, &["snippet", "contentDetails", "status"])?;
        let not_found = || {
            let message = "The playlist identified with the request's <code>playlistId</code> \
                           parameter cannot be found.";
            Problem::new(404, "playlistNotFound", message)
        };
        let id = required(params, "playlistId")?;
        let id: PlaylistId = id.parse().map_err(|_| not_found())?;
        if let Some(list) = recorded(simulator, &id, &window, now) {
            return Ok(list);
        }
        let page = simulator.catalog().playlist_page(&id, now, window.offset, window.size);
        let page = page.ok_or_else(not_found)?;
        let positions = window.offset..;
        let items = page.videos.iter().zip(positions);
        let items = items.filter_map(|(state, position)| {
            raw(&render(state, position, &id, &parts, &simulator.config))
        });
        Ok(List {
            kind: KIND,
            items: items.collect(),
            next: page.has_more.then(|| window.next_token()),
            total: page.total,
        })
    })
    .await
}

fn recorded(
    simulator: &Simulator,
    id: &PlaylistId,
    window: &Window,
    now: DateTime<Utc>,
) -> Option<List> {
    let channel = id.channel()?;
    if *id != channel.uploads() {
        return None;
    }
    let videos = simulator.recording()?.videos_of(channel.as_str(), now);
    if videos.is_empty() {
        return None;
    }
    let (page, has_more) = window.of(&videos);
    let items = page.iter().filter_map(|video| {
        let (id, snippet) = (&video["id"], &video["snippet"]);
        raw(&json!({
            "kind": "youtube#playlistItem",
            "snippet": {
                "publishedAt": snippet["publishedAt"], "title": snippet["title"],
                "channelId": channel, "videoOwnerChannelId": channel,
                "resourceId": { "kind": "youtube#video", "videoId": id },
            },
            "contentDetails": { "videoId": id, "videoPublishedAt": snippet["publishedAt"] },
            "status": { "privacyStatus": "public" },
        }))
    });
    let (items, next) = (items.collect(), has_more.then(|| window.next_token()));
    Some(List { kind: KIND, items, next, total: videos.len() })
}

fn render(
    state: &VideoState,
    position: usize,
    id: &PlaylistId,
    parts: &Parts<'_>,
    config: &Config,
) -> Value {
    let (title, description, privacy) = match state.visibility {
        Visibility::Public => (state.title.as_str(), state.description.as_str(), "public"),
        Visibility::Private => ("Private video", "This video is private.", "private"),
        Visibility::Deleted => {
            ("Deleted video", "This video is unavailable.", "privacyStatusUnspecified")
        }
    };
    let is_public = state.visibility == Visibility::Public;
    let mut item = json!({
        "kind": "youtube#playlistItem",
        "etag": etag(state.id.as_str().as_bytes()),
        "id": format!("{id}.{}", state.id),
    });
    if parts.has("snippet") {
        let mut snippet = json!({
            "publishedAt": format_time(state.published_at),
            "channelId": state.channel_id,
            "title": title,
            "description": description,
            "thumbnails": if is_public { json!(Thumbnails::of(state, config)) } else { json!({}) },
            "channelTitle": state.channel_title,
            "playlistId": id,
            "position": position,
            "resourceId": { "kind": "youtube#video", "videoId": state.id },
        });
        if is_public {
            snippet["videoOwnerChannelTitle"] = state.channel_title.clone().into();
            snippet["videoOwnerChannelId"] = state.channel_id.as_str().into();
        }
        item["snippet"] = snippet;
    }
    if parts.has("contentDetails") {
        item["contentDetails"] = json!({ "videoId": state.id });
        if is_public {
            item["contentDetails"]["videoPublishedAt"] = format_time(state.published_at).into();
        }
    }
    if parts.has("status") {
        item["status"] = json!({ "privacyStatus": privacy });
    }
    item
}
