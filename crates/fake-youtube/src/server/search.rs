//! `search.list` and `videoCategories.list`.

use super::{
    params::{Parts, parsed, required},
    problem::Problem,
    respond::{List, etag, raw, respond},
    video_item::format_time,
    video_item::{Thumbnails, live_broadcast_content},
};
use crate::{Config, VideoState, simulator::Simulator};
use actix_web::{HttpRequest, HttpResponse, web};
use quick_xml::escape::escape;
use serde_json::{Value, json};
use youtube::Method;

/// The categories that can be assigned in Korea.
const CATEGORIES: [(u16, &str); 15] = [
    (1, "영화/애니메이션"),
    (2, "자동차"),
    (10, "음악"),
    (15, "애완동물/동물"),
    (17, "스포츠"),
    (19, "여행/이벤트"),
    (20, "게임"),
    (22, "인물/블로그"),
    (23, "코미디"),
    (24, "엔터테인먼트"),
    (25, "뉴스/정치"),
    (26, "노하우/스타일"),
    (27, "교육"),
    (28, "과학기술"),
    (29, "비영리/사회운동"),
];

pub(super) async fn list(simulator: web::Data<Simulator>, request: HttpRequest) -> HttpResponse {
    respond(simulator, request, Method::SearchList, |simulator, params, window, now| {
        Parts::read(params, &["snippet"])?;
        let query = required(params, "q")?;
        if params.get("type").is_none_or(|kind| kind != "video") {
            return Err(Problem::invalid_parameter("type"));
        }
        let category = parsed(params, "videoCategoryId")?;
        let after = parsed(params, "publishedAfter")?;
        let found = simulator.catalog().search(query, category, after, now);
        let (page, has_more) = window.of(&found);
        let states = page.iter().filter_map(|id| simulator.catalog().video_at(id, now));
        Ok(List {
            kind: "youtube#searchListResponse",
            items: states.filter_map(|state| raw(&render(&state, &simulator.config))).collect(),
            next: has_more.then(|| window.next_token()),
            total: found.len(),
        })
    })
    .await
}

fn render(state: &VideoState, config: &Config) -> Value {
    json!({
        "kind": "youtube#searchResult",
        "etag": etag(state.id.as_str().as_bytes()),
        "id": { "kind": "youtube#video", "videoId": state.id },
        "snippet": {
            "publishedAt": format_time(state.published_at),
            "channelId": state.channel_id,
            // Only search results have entities.
            "title": escape(state.title.as_str()),
            "description": "",
            "thumbnails": Thumbnails::of(state, config),
            "channelTitle": state.channel_title,
            "liveBroadcastContent": live_broadcast_content(state.live_phase),
            "publishTime": format_time(state.published_at),
        },
    })
}

/// The name of a category that can be assigned in Korea.
pub(crate) fn category_name(category: u16) -> Option<&'static str> {
    CATEGORIES.iter().find(|(id, _)| *id == category).map(|(_, name)| *name)
}

pub(super) async fn categories(
    simulator: web::Data<Simulator>,
    request: HttpRequest,
) -> HttpResponse {
    respond(simulator, request, Method::VideoCategoriesList, |_, params, _, _| {
        Parts::read(params, &["snippet"])?;
        required(params, "regionCode")?;
        let items = CATEGORIES.iter().filter_map(|(id, title)| {
            raw(&json!({
                "kind": "youtube#videoCategory",
                "id": id.to_string(),
                "snippet": { "title": title, "assignable": true, "channelId": "UCBR8-60-B28hp2BmDPdntcQ" },
            }))
        });
        let items: Vec<_> = items.collect();
        Ok(List { kind: "youtube#videoCategoryListResponse", total: items.len(), items, next: None })
    })
    .await
}
