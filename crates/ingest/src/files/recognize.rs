//! Recognition of formats, and of content that is no data.

use super::fields::Header;

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
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    match head.first() {
        Some(b'{') => true,
        // A CSV header may start with a bracket, but not with a bracket before a brace.
        Some(b'[') => {
            matches!(head[1..].trim_ascii_start().first(), Some(b'{' | b'[' | b']') | None)
        }
        _ => false,
    }
}

/// What content that starts with `head` is, if it cannot be rows.
pub(super) fn describe_unusable(head: &[u8]) -> Option<&'static str> {
    const MAGIC_NUMBERS: [(&[u8], &str); 12] = [
        (
            b"version https://git-lfs",
            "a Git LFS pointer, not the file: run `git lfs pull`, or \
            download the file itself",
        ),
        (b"PAR1", "a Parquet file: convert it to CSV"),
        (b"SQLite format 3", "an SQLite database: export the table as CSV"),
        (b"%PDF", "a PDF document"),
        (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls): save it as `CSV UTF-8`"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it"),
        (b"Rar!", "a RAR archive: unpack it"),
        (b"BZh", "a bzip2 file: unpack it"),
        (b"\xfd7zXZ", "an xz file: unpack it"),
        (b"\x28\xb5\x2f\xfd", "a Zstandard file: unpack it"),
        (b"PK\x05\x06", "an empty ZIP archive"),
        (b"\x80\x04\x95", "a Python pickle: save it as CSV"),
    ];
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if let Some((_, what)) = MAGIC_NUMBERS.iter().find(|(magic, _)| text.starts_with(magic)) {
        return Some(what);
    }
    if head.get(257..262) == Some(b"ustar") {
        return Some("a tar archive: unpack it");
    }
    if text.starts_with(b"<") {
        return Some("a web page (HTML) or XML, not the file: download the file itself");
    }
    let has_cr_only = text.contains(&b'\r') && !text.contains(&b'\n');
    has_cr_only.then_some(
        "text whose lines end in CR only, as of old Mac programs: save it again as `CSV UTF-8`",
    )
}

/// Why a table of these columns can be no rows of videos or channels.
pub(super) fn describe_columns(header: &Header) -> Option<&'static str> {
    let is_studio = ["Video publish time", "동영상 게시 시간"]
        .iter()
        .any(|name| header.find(&[name]).is_some())
        && header.find(&["Content", "콘텐츠"]).is_some();
    let has_watch_time = header.find(&["Watch time (hours)", "시청 시간(단위: 시간)"]).is_some();
    (is_studio || has_watch_time).then_some(
        "a YouTube Studio export, which has no channel and no day of observation: fetch the videos \
         with videos.list of the YouTube Data API, or yt-dlp",
    )
}

/// Why a resource of this kind has no counts.
pub(super) fn describe_kind(kind: &str) -> Option<&'static str> {
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
        _ => return None,
    })
}
