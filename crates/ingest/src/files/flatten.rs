//! JSON objects as rows of named texts.

use super::recognize::Format;
use chrono::DateTime;
use serde_json::{Map, Value};

/// Sizes of thumbnails in the order of preference: `high` exists for every video.
const THUMBNAIL_SIZES: [&str; 5] = ["high", "medium", "default", "standard", "maxres"];

/// The format of an object.
pub(super) fn object_format(object: &Map<String, Value>) -> Format {
    let is_object = |key: &str| object.get(key).is_some_and(Value::is_object);
    let kind = object.get("kind").and_then(Value::as_str).unwrap_or_default();
    if is_object("snippet") || is_object("statistics") || kind.starts_with("youtube#") {
        Format::YoutubeApi
    } else if is_metadata(object) {
        Format::YtDlp
    } else {
        Format::JsonRows
    }
}

/// Whether yt-dlp wrote an object. Some of its keys are also names of fields in other JSON.
fn is_metadata(object: &Map<String, Value>) -> bool {
    let has = |key: &str| object.contains_key(key);
    // For objects with selected keys: `timestamp` is the publication time.
    let is_publication = || {
        let time = DateTime::from_timestamp(object.get("timestamp")?.as_i64()?, 0)?;
        Some(object.get("upload_date")?.as_str()? == time.format("%Y%m%d").to_string())
    };
    has("extractor")
        || has("extractor_key")
        || has("_type") && has("ie_key")
        || is_publication().unwrap_or(false)
}

/// The keys of yt-dlp that are fields of a row.
const YT_DLP_FIELDS: [&str; 18] = [
    "id",
    "title",
    "channel_id",
    "uploader",
    "channel_follower_count",
    "upload_date",
    "view_count",
    "like_count",
    "dislike_count",
    "comment_count",
    "tags",
    "thumbnail",
    "description",
    "duration",
    "live_status",
    "language",
    "categories",
    "epoch",
];

/// Keys of yt-dlp with other meanings elsewhere: `timestamp` is the time of publication.
const YT_DLP_RENAMED: [(&str, &str); 2] =
    [("channel", "channelTitle"), ("timestamp", "publishedAt")];

/// Keys of yt-dlp that repeat fields of [`YT_DLP_FIELDS`] under another name.
const YT_DLP_REPEATED: [&str; 4] = ["webpage_url", "url", "channel_url", "creator"];

/// Keys of a resource that are ignored or flattened separately.
const HANDLED_KEYS: [&str; 5] = ["kind", "etag", "id", "snippet", "statistics"];

/// The names and texts of an object's fields; `null` and unknown objects are skipped.
pub(super) fn flatten(object: Map<String, Value>, format: Format) -> Vec<(String, String)> {
    match format {
        Format::YoutubeApi => flatten_resource(object),
        Format::YtDlp => flatten_metadata(object),
        Format::Csv | Format::JsonRows => texts(object).collect(),
    }
}

/// Whether a resource is a channel; it may lack `kind`.
pub(super) fn is_channel(object: &Map<String, Value>) -> bool {
    let has = |key| object.get("statistics").is_some_and(|part| part.get(key).is_some());
    object.get("kind").and_then(Value::as_str) == Some("youtube#channel")
        || has("subscriberCount")
        || has("hiddenSubscriberCount")
}

/// A resource `video` or `channel`.
fn flatten_resource(mut object: Map<String, Value>) -> Vec<(String, String)> {
    let is_channel = is_channel(&object);
    let mut fields = Vec::new();
    if let Some(id) = object.remove("id").as_ref().and_then(resource_id) {
        let name = if is_channel { "channelId" } else { "videoId" };
        fields.push((name.to_owned(), id));
    }
    for part in ["snippet", "statistics"] {
        let Some(Value::Object(mut part)) = object.remove(part) else { continue };
        // `none` also means: was live.
        if part.get("liveBroadcastContent").and_then(Value::as_str) != Some("live") {
            part.remove("liveBroadcastContent");
        }
        if let Some(thumbnail) = part.remove("thumbnails").as_ref().and_then(thumbnail) {
            fields.push(("thumbnail".to_owned(), thumbnail));
        }
        part.remove("localized");
        fields.extend(texts(part));
    }
    if let Some(duration) = object.get("contentDetails").and_then(|part| part.get("duration")) {
        fields.extend(text(duration.clone()).map(|duration| ("duration".to_owned(), duration)));
    }
    for name in HANDLED_KEYS {
        object.remove(name);
    }
    fields.extend(texts(object));
    fields
}

/// The keys of an object that [`flatten`] skips; `null` and the envelope of resources are not
/// counted.
pub(super) fn skipped_keys(object: &Map<String, Value>, format: Format) -> Vec<String> {
    let is_field = |key: &str, value: &Value| match format {
        Format::YoutubeApi => {
            HANDLED_KEYS.contains(&key) || key == "contentDetails" || !value.is_object()
        }
        Format::YtDlp => {
            YT_DLP_FIELDS.contains(&key)
                || YT_DLP_RENAMED.iter().any(|(name, _)| *name == key)
                || is_added(key, value)
        }
        Format::Csv | Format::JsonRows => !value.is_object() || text(value.clone()).is_some(),
    };
    let skipped = object.iter().filter(|(key, value)| !value.is_null() && !is_field(key, value));
    skipped.map(|(key, _)| key.clone()).collect()
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

/// Metadata of yt-dlp; `epoch` is the time of extraction. Trackers add keys such as `collected_at`.
fn flatten_metadata(mut object: Map<String, Value>) -> Vec<(String, String)> {
    let same = YT_DLP_FIELDS.iter().map(|key| (*key, *key));
    let field =
        |(key, field): (&str, &str)| Some((field.to_owned(), object.remove(key).and_then(text)?));
    let mut fields: Vec<_> = YT_DLP_RENAMED.into_iter().chain(same).filter_map(field).collect();
    object.retain(|key, value| is_added(key, value));
    fields.extend(texts(object));
    fields
}

/// Whether a key that is not in [`YT_DLP_FIELDS`] may be a field that another program added.
fn is_added(key: &str, value: &Value) -> bool {
    !value.is_object() && !value.is_array() && !YT_DLP_REPEATED.contains(&key)
}

fn texts(object: Map<String, Value>) -> impl Iterator<Item = (String, String)> {
    object.into_iter().filter_map(|(name, value)| Some((name, text(value)?)))
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::Object(object) => extended_json(object),
        Value::Null => None,
        Value::String(text) => Some(text),
        value => Some(value.to_string()),
    }
}

/// The value of an object of `mongoexport` such as `{"$date": "2026-11-18T00:00:00Z"}` or
/// `{"$numberLong": "1"}`.
fn extended_json(object: Map<String, Value>) -> Option<String> {
    let mut fields = object.into_iter();
    let (key, value) = fields.next()?;
    if key.starts_with('$') && fields.next().is_none() { text(value) } else { None }
}
