//! Recognition of file formats, and descriptions of unsupported text files.

use super::{fields::Header, lines::BYTE_ORDER_MARK};
use serde_json::{Map, Value};

/// Describes objects of rows or columns by key, which are unsupported.
pub(super) const JSON_BY_KEY: &str = "JSON with rows or columns by key: write a list of rows, in \
                                      pandas with `DataFrame.to_json(FILE, orient=\"records\")`";

/// Describes an export of YouTube Studio, which is unsupported.
pub(super) const STUDIO_EXPORT: &str = "a YouTube Studio export, which has no channel and no day of \
    observation: fetch the videos with videos.list of the YouTube Data API, or yt-dlp";

/// A format of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Rows of separated columns below a header.
    Csv,
    /// Resources of the YouTube Data API v3.
    YoutubeApi,
    /// Metadata of yt-dlp.
    YtDlp,
    /// JSON objects with the fields of a row.
    JsonRows,
}

impl Format {
    /// The name that options and summaries use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::YoutubeApi => "youtube-api",
            Self::YtDlp => "yt-dlp",
            Self::JsonRows => "json",
        }
    }

    /// Parses the value of an option.
    pub fn parse(name: &str) -> Result<Self, String> {
        let formats = [Self::Csv, Self::YoutubeApi, Self::YtDlp, Self::JsonRows];
        let format = formats.into_iter().find(|format| format.name() == name);
        format.ok_or_else(|| "expected csv, youtube-api, yt-dlp or json".to_owned())
    }
}

/// Whether content that starts with `head` is JSON.
pub(super) fn is_json(head: &[u8]) -> bool {
    match start_of_text(head) {
        [b'{', ..] => true,
        // A CSV header may start with a bracket, but not with a bracket before a brace.
        [b'[', rest @ ..] => {
            let rest = rest.trim_ascii_start();
            matches!(rest.first(), Some(b'{' | b'[' | b']') | None) || rest.starts_with(b"null")
        }
        _ => false,
    }
}

fn start_of_text(head: &[u8]) -> &[u8] {
    head.strip_prefix(BYTE_ORDER_MARK).unwrap_or(head).trim_ascii_start()
}

/// Describes an unsupported text file that starts with `head`, with a remedy; `None` if it may
/// contain rows.
pub(super) fn describe_text(head: &[u8]) -> Option<&'static str> {
    let text = start_of_text(head);
    let has = |part: &[u8]| memchr::memmem::find(text, part).is_some();
    if text.starts_with(b"version https://git-lfs") {
        return Some(
            "a Git LFS pointer, not the file: run `git lfs pull`, or download the file itself",
        );
    }
    if text.starts_with(b"/annex/objects/") || text.starts_with(b"../.git/annex/objects/") {
        return Some(
            "a git-annex pointer, not the file: run `git annex get`, or download the file itself",
        );
    }
    if text.starts_with(b"outs:") && has(b"md5:") {
        return Some("a DVC pointer, not the file: run `dvc pull`, or download the file itself");
    }
    if text.starts_with(b"<") {
        return Some(if has(b"mdl-typography") {
            "a page of Google Takeout, such as watch-history.html: what an account watched, \
             without counts; fetch the videos with yt-dlp"
        } else {
            "a web page (HTML) or XML, not the file: download the file itself"
        });
    }
    if is_log_line(text) {
        return Some(
            "a log of yt-dlp: write only JSON to the file with `yt-dlp --dump-json URL > FILE`, or \
             remove the lines that start with [youtube], [info] or WARNING",
        );
    }
    let first_line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    if first_line.contains(&0) {
        return Some("not text, because its first line contains NUL: convert it to CSV or JSON");
    }
    // Rows that were appended on another system end in LF.
    let has_cr_only = first_line.trim_ascii_end().contains(&b'\r')
        || text.contains(&b'\r') && !text.contains(&b'\n');
    if has_cr_only && !is_json(text) {
        return Some(
            "text whose lines end in CR only, as of old Mac programs: save it again as `CSV UTF-8`",
        );
    }
    is_json(text).then(|| describe_json(text)).flatten()
}

/// Whether the text starts with a log line of yt-dlp.
fn is_log_line(text: &[u8]) -> bool {
    const STARTS: [&[u8]; 9] = [
        b"[youtube",
        b"[info]",
        b"[download]",
        b"[generic]",
        b"[debug]",
        b"[dashsegments]",
        b"WARNING: ",
        b"ERROR: ",
        b"Deprecated Feature: ",
    ];
    STARTS.iter().any(|start| text.starts_with(start))
}

/// Describes an unsupported JSON structure.
fn describe_json(text: &[u8]) -> Option<&'static str> {
    // The first characters without white space.
    let start: Vec<u8> =
        text.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).take(512).collect();
    let rest = start.strip_prefix(b"{\"")?;
    let key_end = memchr::memchr(b'"', rest)?;
    let (key, value) = (&rest[..key_end], &rest[key_end + 1..]);
    let is_number = |key: &[u8]| !key.is_empty() && key.iter().all(u8::is_ascii_digit);
    let has_number_key = |value: &[u8]| {
        let key = value.strip_prefix(b":{\"").unwrap_or_default();
        memchr::memchr(b'"', key).is_some_and(|end| is_number(&key[..end]))
    };
    let is_split = key == b"columns" && value.starts_with(b":[\"");
    (has_number_key(value) || is_number(key) && value.starts_with(b":{") || is_split)
        .then_some(JSON_BY_KEY)
}

/// Whether a column is the watch time in an export of YouTube Studio, such as `Watch time (hours)`.
fn is_watch_time(name: &str) -> bool {
    const HOURS: [&str; 10] = [
        "(hours)",
        "시간)",
        "時間)",
        "(stunden)",
        "(heures)",
        "(horas)",
        "(ore)",
        "(часы)",
        "(saat)",
        "(jam)",
    ];
    let name = name.to_lowercase().replace('）', ")").replace('（', "(");
    HOURS.iter().any(|hours| name.trim_end().ends_with(hours)) && name.contains('(')
}

/// Columns of reports of the YouTube Analytics API, whose views are those of a period.
pub(crate) const ANALYTICS_COLUMNS: [&str; 4] = [
    "estimatedMinutesWatched",
    "averageViewDuration",
    "averageViewPercentage",
    "subscribersGained",
];

/// Describes an unsupported table with these columns; `None` if its rows may be videos or channels.
pub(super) fn describe_columns(header: &Header) -> Option<&'static str> {
    let has = |names: &[&str]| header.find(names).is_some();
    let is_studio = has(&["Video publish time", "동영상 게시 시간", "Video yayınlanma zamanı"])
        && has(&["Content", "콘텐츠", "İçerik"])
        || header.names().iter().any(|name| is_watch_time(name));
    if is_studio {
        return Some(STUDIO_EXPORT);
    }
    if has(&ANALYTICS_COLUMNS) {
        return Some(
            "a report of the YouTube Analytics API, whose views are those of a period, not totals: \
             fetch the videos with videos.list",
        );
    }
    let has_id = has(&["Channel ID", "채널 ID"]);
    if has_id
        && has(&["Channel URL", "채널 URL"])
        && has(&["Channel title", "채널 제목"])
        && header.names().len() == 3
    {
        return Some("subscriptions.csv of Google Takeout: channels, without videos and counts");
    }
    let is_socialblade = has(&["Estimated Earnings", "Socialblade rank", "SB Rank", "Grade"])
        || header.find(&["date", "day"]).is_some()
            && has(&["subscribers", "subs"])
            && has(&["views", "video views", "total views"])
            && !has(&["id", "video_id", "videoId", "url", "link", "title", "channel_id"]);
    is_socialblade.then_some(
        "daily totals of a channel, as of SocialBlade, which have no videos and no channel id",
    )
}

/// Describes an unsupported JSON object; `None` if it may be a video or a channel.
pub(super) fn describe_object(object: &Map<String, Value>) -> Option<String> {
    let kind = object.get("kind").and_then(Value::as_str).unwrap_or_default();
    let has = |key: &str| object.contains_key(key);
    // `kind` can be left out by the parameter `fields`.
    let is_search_result = object.get("id").is_some_and(|id| id.get("videoId").is_some());
    let kind = if is_search_result { "youtube#searchResult" } else { kind };
    if let Some(what) = describe_kind(kind) {
        return Some(what.to_owned());
    }
    let has_value = |key: &str| object.get(key).is_some_and(|value| !value.is_null());
    let is_flat = object.get("_type").and_then(Value::as_str) == Some("url") && has("ie_key");
    if is_flat && !["timestamp", "upload_date", "release_timestamp"].into_iter().any(has_value) {
        return Some(
            "an entry of a list of yt-dlp, without the time of publication: run yt-dlp without \
             --flat-playlist"
                .to_owned(),
        );
    }
    if has("titleUrl") || has("products") && has("header") {
        return Some(
            "watch-history.json of Google Takeout: what an account watched, without counts; fetch \
             the videos with yt-dlp"
                .to_owned(),
        );
    }
    if has("ranks") && has("daily")
        || object.get("data").is_some_and(|data| data.get("ranks").is_some())
    {
        return Some("JSON of SocialBlade: totals of a channel, without videos".to_owned());
    }
    if kind.ends_with("ListResponse") && !has("items") {
        return Some(format!("a response of the API ({kind}) without `items`"));
    }
    // A saved error response.
    let message = object.get("error")?.get("message")?.as_str()?;
    Some(format!("an error response of the API, not data: {message}"))
}

/// Describes an unsupported kind of API resource, with a remedy.
fn describe_kind(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "youtube#searchResult" | "youtube#searchListResponse" => {
            "JSON from search.list, which has no counts: fetch its ids with videos.list"
        }
        "youtube#playlistItem" | "youtube#playlistItemListResponse" => {
            "JSON from playlistItems.list, which has no counts: fetch its ids with videos.list"
        }
        "youtube#videoCategory" | "youtube#videoCategoryListResponse" => {
            "JSON from videoCategories.list: the names of categories, not videos"
        }
        "youtube#commentThread" | "youtube#comment" | "youtube#commentThreadListResponse" => {
            "JSON of comments, not of videos"
        }
        "youtube#playlist" | "youtube#playlistListResponse" => {
            "JSON from playlists.list, not of videos"
        }
        "youtube#subscription" | "youtube#subscriptionListResponse" => {
            "JSON of subscriptions: channels, without videos and counts"
        }
        _ => return None,
    })
}
