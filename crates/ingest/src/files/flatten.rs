//! JSON objects as rows of named texts.

use super::recognize::Format;
use serde_json::{Map, Value};

/// Sizes of thumbnails in the order of preference: `high` exists for every video.
const THUMBNAIL_SIZES: [&str; 5] = ["high", "medium", "default", "standard", "maxres"];

/// Keys of which yt-dlp writes at least one.
const YT_DLP_KEYS: [&str; 5] =
    ["extractor", "extractor_key", "webpage_url", "channel_follower_count", "upload_date"];

/// The format of an object.
pub(super) fn object_format(object: &Map<String, Value>) -> Format {
    let is_object = |key: &str| object.get(key).is_some_and(Value::is_object);
    let kind = object.get("kind").and_then(Value::as_str).unwrap_or_default();
    if is_object("snippet") || is_object("statistics") || kind.starts_with("youtube#") {
        Format::YoutubeApi
    } else if YT_DLP_KEYS.iter().any(|key| object.contains_key(*key)) {
        Format::YtDlp
    } else {
        Format::JsonRows
    }
}

/// The names and texts of an object's fields; `null` and unknown objects are skipped.
pub(super) fn flatten(object: Map<String, Value>, format: Format) -> Vec<(String, String)> {
    match format {
        Format::YoutubeApi => flatten_resource(object),
        Format::YtDlp => flatten_metadata(object),
        Format::Csv | Format::JsonRows => texts(object).collect(),
    }
}

/// A resource `video` or `channel`.
fn flatten_resource(mut object: Map<String, Value>) -> Vec<(String, String)> {
    let is_channel = object.get("kind").and_then(Value::as_str) == Some("youtube#channel")
        || object
            .get("statistics")
            .is_some_and(|statistics| statistics.get("subscriberCount").is_some());
    let mut fields = Vec::new();
    if let Some(id) = object.remove("id").as_ref().and_then(resource_id) {
        let name = if is_channel { "channelId" } else { "videoId" };
        fields.push((name.to_owned(), id));
    }
    for part in ["snippet", "statistics"] {
        let Some(Value::Object(mut part)) = object.remove(part) else { continue };
        if let Some(thumbnail) = part.remove("thumbnails").as_ref().and_then(thumbnail) {
            fields.push(("thumbnail".to_owned(), thumbnail));
        }
        part.remove("localized");
        fields.extend(texts(part));
    }
    for name in ["kind", "etag", "contentDetails", "status", "localizations"] {
        object.remove(name);
    }
    fields.extend(texts(object));
    fields
}

fn resource_id(id: &Value) -> Option<String> {
    let id = match id {
        Value::Object(id) => id.get("videoId").or_else(|| id.get("channelId"))?,
        id => id,
    };
    id.as_str().map(str::to_owned)
}

fn thumbnail(thumbnails: &Value) -> Option<String> {
    let url = |size: &&str| thumbnails.get(size)?.get("url")?.as_str();
    THUMBNAIL_SIZES.iter().find_map(url).map(str::to_owned)
}

/// Metadata of yt-dlp: `timestamp` is the time of publication, `epoch` that of extraction.
fn flatten_metadata(mut object: Map<String, Value>) -> Vec<(String, String)> {
    let mut renamed = Vec::new();
    for (name, field) in [("channel", "channelTitle"), ("timestamp", "publishedAt")] {
        let value = object.remove(name).and_then(text);
        renamed.extend(value.map(|value| (field.to_owned(), value)));
    }
    let keys = [
        "id",
        "title",
        "channel_id",
        "uploader",
        "channel_follower_count",
        "upload_date",
        "view_count",
        "like_count",
        "dislike_count",
        "tags",
        "thumbnail",
        "description",
        "epoch",
    ];
    let known = |key: &str| Some((key.to_owned(), object.remove(key).and_then(text)?));
    let fields: Vec<_> = keys.iter().copied().filter_map(known).collect();
    renamed.extend(fields);
    renamed
}

fn texts(object: Map<String, Value>) -> impl Iterator<Item = (String, String)> {
    object.into_iter().filter_map(|(name, value)| Some((name, text(value)?)))
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::Null | Value::Object(_) => None,
        Value::String(text) => Some(text),
        value => Some(value.to_string()),
    }
}
