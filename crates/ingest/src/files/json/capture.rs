//! An object of JSON text that is being read.

use crate::files::{row_issue::RowIssue, values::VIDEO_ID_LENGTH};
use chrono::NaiveDate;
use serde_json::{Map, Value};

/// The maximum size of an object; metadata of yt-dlp can exceed 1 MiB.
const MAX_OBJECT_BYTES: usize = 64 << 20;

/// Keys of the array of rows in a wrapper object (not a row).
const ARRAY_KEYS: [&str; 9] =
    ["items", "entries", "videos", "channels", "results", "data", "rows", "records", "pages"];

/// The [`ARRAY_KEYS`] that never occur in rows; a row can have the others as lists of names or
/// numbers.
const RESPONSE_KEYS: [&str; 2] = ["items", "entries"];

/// Keys of rows.
const ROW_KEYS: [&str; 4] = ["id", "video_id", "videoId", "title"];

/// The maximum size of the fields before the array in a wrapper object.
const MAX_WRAPPER_BYTES: usize = 128 << 10;

/// The maximum number of nested wrapper objects.
const MAX_WRAPPERS: usize = 3;

/// The name of the field that a wrapper object has if its key is a day.
const DAY_FIELD: &str = "date";

/// An object being read.
#[derive(Default)]
pub(super) struct Capture {
    text: Vec<u8>,
    open: Vec<u8>,
    /// The keys of the outermost objects of `open`.
    keys: Vec<String>,
    /// The fields of the outermost objects of `open`, if `text` starts inside them.
    wrappers: Vec<Map<String, Value>>,
    in_string: bool,
    is_escaped: bool,
    is_oversized: bool,
}

pub(super) enum Step {
    More,
    /// The object is complete.
    Complete,
    /// An array starts that may contain rows: then the object is a wrapper object.
    Array,
}

impl Capture {
    /// Continues inside wrapper objects with these fields.
    pub(super) fn inside(wrappers: Vec<Map<String, Value>>) -> Self {
        let (open, keys) = (vec![b'{'; wrappers.len()], vec![String::new(); wrappers.len()]);
        Self { open, keys, wrappers, ..Self::default() }
    }

    pub(super) fn push(&mut self, byte: u8) -> Step {
        if self.text.len() < MAX_OBJECT_BYTES {
            self.text.push(byte);
        } else {
            self.is_oversized = true;
        }
        if self.in_string {
            self.in_string = self.is_escaped || byte != b'"';
            self.is_escaped = byte == b'\\' && !self.is_escaped;
            return Step::More;
        }
        match byte {
            b'"' => self.in_string = true,
            b'[' if self.is_row_array_key() => return Step::Array,
            b'{' => {
                if self.can_be_wrapper() {
                    self.keys.push(self.last_key().unwrap_or_default().to_owned());
                }
                self.open.push(byte);
            }
            b'[' => self.open.push(byte),
            b'}' | b']' => {
                self.open.pop();
                self.keys.truncate(self.open.len());
                if self.open.is_empty() {
                    return Step::Complete;
                }
            }
            _ => {}
        }
        Step::More
    }

    /// Opens the array that was just read, which is a value of a row.
    pub(super) fn open_array(&mut self) {
        self.open.push(b'[');
    }

    /// Whether the objects that are open can be wrapper objects.
    fn can_be_wrapper(&self) -> bool {
        self.open.len() <= MAX_WRAPPERS && !self.open.contains(&b'[')
    }

    /// The key before the bracket that was just read.
    fn last_key(&self) -> Option<&str> {
        let before = self.text.split_last()?.1.trim_ascii_end();
        let quoted = before.strip_suffix(b":")?.trim_ascii_end().strip_suffix(b"\"")?;
        let start = memchr::memrchr(b'"', quoted)? + 1;
        str::from_utf8(&quoted[start..]).ok()
    }

    /// Whether the key before the array that was just opened is a day or one of [`ARRAY_KEYS`].
    fn is_row_array_key(&self) -> bool {
        let is_known = |key: &str| ARRAY_KEYS.contains(&key) || is_day(key);
        self.can_be_wrapper() && self.last_key().is_some_and(is_known)
    }

    /// Whether the array that was just opened contains rows and is not a value of a row. Its first
    /// element starts with `first`.
    pub(super) fn has_row_array(&self, first: Option<u8>) -> bool {
        let is_outermost = self.wrappers.is_empty();
        if is_outermost && self.text.len() > MAX_WRAPPER_BYTES {
            return false;
        }
        let is_response = self.last_key().is_some_and(|key| RESPONSE_KEYS.contains(&key));
        let object = if is_outermost { self.read_fields() } else { Map::new() };
        let has_row_key = || ROW_KEYS.iter().any(|key| object.contains_key(*key));
        match first {
            _ if is_response => !is_video(&object),
            Some(b'{') => !is_video(&object),
            Some(b'n' | b']') => !has_row_key(),
            _ => false,
        }
    }

    /// The members of the text before the array that was just opened; of the innermost of
    /// [`Self::wrappers`], if there are any.
    fn read_fields(&self) -> Map<String, Value> {
        let is_inside = !self.wrappers.is_empty();
        let depth = self.open.len() - self.wrappers.len() + usize::from(is_inside);
        let start: &[u8] = if is_inside { b"{" } else { b"" };
        parse_object(&[start, &self.text, b"]", &vec![b'}'; depth]].concat()).unwrap_or_default()
    }

    /// The fields of the open objects, which are wrapper objects, and of the array that was just
    /// opened.
    pub(super) fn wrapper_fields(self) -> (Vec<Map<String, Value>>, Map<String, Value>) {
        let array = self.last_key().map(day_field).unwrap_or_default();
        let mut object = self.read_fields();
        let mut wrappers = self.wrappers;
        if wrappers.is_empty() {
            wrappers.push(without_lists(object.clone()));
        }
        for key in self.keys.iter().skip(wrappers.len()) {
            object = match object.remove(key) {
                Some(Value::Object(object)) => object,
                _ => Map::new(),
            };
            let mut fields = without_lists(object.clone());
            fields.extend(day_field(key));
            wrappers.push(fields);
        }
        (wrappers, array)
    }

    /// Adds a complete member of the innermost wrapper object to its fields, after `byte` was read.
    /// At the end of the object its fields are removed.
    pub(super) fn end_member(&mut self, byte: u8) {
        let depth = self.open.len();
        if depth < self.wrappers.len() {
            self.wrappers.truncate(depth);
            self.text.clear();
        } else if depth == self.wrappers.len() && byte == b',' && !self.in_string {
            self.text.pop();
            let member = parse_object(&[b"{", self.text.as_slice(), b"}"].concat());
            if let Some(wrapper) = self.wrappers.last_mut() {
                wrapper.extend(without_lists(member.unwrap_or_default()));
            }
            self.text.clear();
        }
    }

    /// Whether the outermost object is not complete.
    pub(super) fn has_open_objects(&self) -> bool {
        !self.open.is_empty()
    }

    pub(super) fn parse(&self) -> Result<Map<String, Value>, RowIssue> {
        if self.is_oversized {
            return Err(RowIssue::Json("an object of more than 64 MiB".to_owned()));
        }
        parse_object(&self.text).map_err(|error| RowIssue::Json(error.to_string()))
    }
}

/// Whether an object is a row: it has an id of a video and a title or a count. Playlists and
/// channels, which can be wrapper objects, have other ids.
fn is_video(object: &Map<String, Value>) -> bool {
    let has = |key: &&str| object.contains_key(*key);
    let has_video_id = ["video_id", "videoId"].iter().any(has);
    let has_views = ["view_count", "viewCount", "views"].iter().any(has);
    let id = object.get("id").and_then(Value::as_str);
    let has_short_id = id.is_some_and(|id| id.len() == VIDEO_ID_LENGTH);
    has_video_id && (has_views || has(&"title")) || has_short_id && has_views && has(&"title")
}

/// Whether a key is a day such as `2026-11-21`.
fn is_day(key: &str) -> bool {
    key.len() == 10 && NaiveDate::parse_from_str(key, "%Y-%m-%d").is_ok()
}

/// The field of an object or array whose key is a day.
fn day_field(key: &str) -> Map<String, Value> {
    let field = is_day(key).then(|| (DAY_FIELD.to_owned(), Value::from(key)));
    field.into_iter().collect()
}

/// The fields that are values, or objects of one value such as `{"$date": "2026-11-21"}`.
fn without_lists(mut fields: Map<String, Value>) -> Map<String, Value> {
    fields.retain(|_, value| match value {
        Value::Array(_) => false,
        Value::Object(object) => object.len() == 1,
        _ => true,
    });
    fields
}

fn parse_object(text: &[u8]) -> serde_json::Result<Map<String, Value>> {
    serde_json::from_slice(text)
        .or_else(|error| serde_json::from_slice(&standard_json(text)).map_err(|_| error))
}

/// Replaces `NaN` and `Infinity`, which Python writes, by `null`, and removes trailing commas, which
/// edited files have: neither is valid JSON.
fn standard_json(text: &[u8]) -> Vec<u8> {
    let mut standard = Vec::with_capacity(text.len());
    let (mut in_string, mut is_escaped) = (false, false);
    let mut index = 0;
    while let Some(&byte) = text.get(index) {
        let rest = &text[index..];
        index += 1;
        if in_string {
            in_string = is_escaped || byte != b'"';
            is_escaped = byte == b'\\' && !is_escaped;
        } else if let Some(number) =
            [&b"-Infinity"[..], b"Infinity", b"NaN"].iter().find(|number| rest.starts_with(number))
        {
            standard.extend(b"null");
            index += number.len() - 1;
            continue;
        } else if byte == b',' && matches!(rest[1..].trim_ascii_start().first(), Some(b'}' | b']'))
        {
            continue;
        } else {
            in_string = byte == b'"';
        }
        standard.push(byte);
    }
    standard
}
