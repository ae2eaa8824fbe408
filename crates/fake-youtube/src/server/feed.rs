//! The Atom feed of a channel.

use super::{
    params::Params,
    respond::{delay, etag, failure, finish},
};
use crate::{VideoKind, VideoState, simulator::Simulator};
use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{CACHE_CONTROL, ETAG, HeaderValue, IF_NONE_MATCH},
    web,
};
use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use quick_xml::escape::escape;
use serde_json::Value;
use std::fmt::Write;
use youtube::{ChannelId, Method};

/// How long a feed is served before it is generated again.
const CACHED_MINUTES: i64 = 15;

pub(super) async fn get(simulator: web::Data<Simulator>, request: HttpRequest) -> HttpResponse {
    let now = simulator.clock().now();
    let faults = simulator.begin(Method::Feed, now);
    delay(&faults).await;
    if let Some(response) = failure(&faults, "") {
        return response;
    }
    let generated = now.duration_trunc(TimeDelta::minutes(CACHED_MINUTES)).unwrap_or(now);
    let params = web::Query::<Params>::from_query(request.query_string());
    let id = params.ok().and_then(|params| params.get("channel_id")?.parse().ok());
    let feed = id.and_then(|id| generate(&simulator, &id, generated));
    let Some(body) = feed else {
        return HttpResponse::NotFound().content_type("text/html").body("<html>Error 404</html>");
    };
    let tag = format!("\"{}\"", etag(body.as_bytes()));
    let known = request.headers().get(IF_NONE_MATCH);
    let mut response = if simulator.config.has_feed_etags
        && known.is_some_and(|known| known.as_bytes() == tag.as_bytes())
    {
        HttpResponse::NotModified().finish()
    } else {
        finish(body, "text/xml; charset=UTF-8", &faults)
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, max-age=900"));
    if simulator.config.has_feed_etags
        && let Ok(tag) = HeaderValue::from_str(&tag)
    {
        headers.insert(ETAG, tag);
    }
    response
}

/// An entry, simulated or recorded.
struct Entry {
    id: String,
    title: String,
    description: String,
    published: String,
    updated: String,
    views: String,
    is_short: bool,
}

fn generate(simulator: &Simulator, id: &ChannelId, at: DateTime<Utc>) -> Option<String> {
    let recorded = simulator.recording().map(|it| it.videos_of(id.as_str(), at));
    if let Some(videos) = recorded.filter(|videos| !videos.is_empty()) {
        let title = text(&videos.first()?["snippet"]["channelTitle"]);
        let entries: Vec<Entry> = videos.into_iter().take(15).map(recorded_entry).collect();
        return Some(render(id, &title, "2015-01-01T00:00:00+00:00", &entries));
    }
    let channel = simulator.catalog().channel_at(id, at)?;
    let videos = simulator.catalog().feed(id, at)?;
    let entries: Vec<Entry> = videos.into_iter().map(|state| entry(state, at)).collect();
    Some(render(id, &channel.title, &channel.created_at.to_rfc3339(), &entries))
}

fn entry(state: VideoState, at: DateTime<Utc>) -> Entry {
    Entry {
        id: state.id.to_string(),
        title: state.title,
        description: state.description,
        published: state.published_at.to_rfc3339(),
        updated: at.max(state.published_at).to_rfc3339(),
        views: state.views.to_string(),
        is_short: state.kind == VideoKind::Short,
    }
}

fn recorded_entry(video: &Value) -> Entry {
    let snippet = &video["snippet"];
    Entry {
        id: text(&video["id"]),
        title: text(&snippet["title"]),
        description: text(&snippet["description"]),
        published: text(&snippet["publishedAt"]),
        updated: text(&snippet["publishedAt"]),
        views: text(&video["statistics"]["viewCount"]),
        is_short: false,
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn render(id: &ChannelId, title: &str, created: &str, entries: &[Entry]) -> String {
    let (suffix, title) = (id.suffix(), escape(title));
    let mut xml = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom">
 <link rel="self" href="http://www.youtube.com/feeds/videos.xml?channel_id={id}"/>
 <id>yt:channel:{suffix}</id>
 <yt:channelId>{suffix}</yt:channelId>
 <title>{title}</title>
 <link rel="alternate" href="https://www.youtube.com/channel/{id}"/>
 <author><name>{title}</name><uri>https://www.youtube.com/channel/{id}</uri></author>
 <published>{created}</published>
"#
    );
    for entry in entries {
        let Entry { id: video, published, updated, views, .. } = entry;
        let path = if entry.is_short { "shorts/" } else { "watch?v=" };
        let (video_title, description) = (escape(&entry.title), escape(&entry.description));
        // Writing to a string cannot fail.
        let _ = write!(
            xml,
            r#" <entry>
  <id>yt:video:{video}</id>
  <yt:videoId>{video}</yt:videoId>
  <yt:channelId>{id}</yt:channelId>
  <title>{video_title}</title>
  <link rel="alternate" href="https://www.youtube.com/{path}{video}"/>
  <author><name>{title}</name><uri>https://www.youtube.com/channel/{id}</uri></author>
  <published>{published}</published>
  <updated>{updated}</updated>
  <media:group>
   <media:title>{video_title}</media:title>
   <media:content url="https://www.youtube.com/v/{video}?version=3" type="application/x-shockwave-flash" width="640" height="390"/>
   <media:thumbnail url="https://i1.ytimg.com/vi/{video}/hqdefault.jpg" width="480" height="360"/>
   <media:description>{description}</media:description>
   <media:community>
    <media:starRating count="0" average="5.00" min="1" max="5"/>
    <media:statistics views="{views}"/>
   </media:community>
  </media:group>
 </entry>
"#
        );
    }
    xml + "</feed>\n"
}
