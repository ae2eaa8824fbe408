//! Reading JSON objects one by one: of an array, of several documents, or one per line.
//!
//! Not the stream of `serde_json`: it holds a whole array or response in memory, and ends at the
//! first error.

use super::row_issue::RowIssue;
use serde_json::{Map, Value};
use std::io::{self, BufRead};

/// The maximum size of an object; metadata of yt-dlp can exceed 1 MiB.
const MAX_OBJECT_BYTES: usize = 64 << 20;

/// Keys of the array of rows in a wrapper object (not a row).
const ARRAY_KEYS: [&str; 8] =
    ["items", "entries", "videos", "channels", "results", "data", "rows", "records"];

/// The [`ARRAY_KEYS`] that never occur in rows; a row can have the others as lists of names or
/// numbers.
const RESPONSE_KEYS: [&str; 2] = ["items", "entries"];

/// An object with one of these keys and one of [`VALUE_KEYS`] is a row and not a wrapper object.
const VIDEO_KEYS: [&[u8]; 2] = [b"\"video_id\"", b"\"videoId\""];

/// See [`VIDEO_KEYS`].
const VALUE_KEYS: [&[u8]; 4] = [b"\"title\"", b"\"view_count\"", b"\"viewCount\"", b"\"views\""];

/// Keys of rows.
const ROW_KEYS: [&[u8]; 4] = [b"\"id\"", b"\"video_id\"", b"\"videoId\"", b"\"title\""];

/// The maximum number of nested wrapper objects.
const MAX_WRAPPERS: usize = 3;

/// Reads the objects of JSON text. Enclosing arrays and wrapper objects are passed through.
pub(super) struct JsonReader<R> {
    input: R,
    line: u64,
    /// The number of objects and other values that were read or skipped.
    elements: u64,
    /// The number of `null` values, which yt-dlp writes for videos that it cannot read.
    nulls: u64,
    enclosing: Vec<Enclosing>,
    /// Each line is an object, so that an error affects one line.
    has_object_lines: bool,
    is_first: bool,
    stopped: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Enclosing {
    Array,
    Object,
}

/// An object being read.
#[derive(Default)]
struct Capture {
    text: Vec<u8>,
    open: Vec<u8>,
    in_string: bool,
    is_escaped: bool,
    is_oversized: bool,
}

enum Step {
    More,
    /// The object is complete.
    Complete,
    /// An array starts that may contain rows: then the object is a wrapper object.
    Array,
}

impl Capture {
    fn push(&mut self, byte: u8) -> Step {
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
            b'[' if self.row_array_key().is_some() => return Step::Array,
            b'{' | b'[' => self.open.push(byte),
            b'}' | b']' => {
                self.open.pop();
                if self.open.is_empty() {
                    return Step::Complete;
                }
            }
            _ => {}
        }
        Step::More
    }

    /// The key before the array that was just opened, if it is one of [`ARRAY_KEYS`].
    fn row_array_key(&self) -> Option<&'static str> {
        if self.open.len() > MAX_WRAPPERS || self.open.contains(&b'[') {
            return None;
        }
        let before = self.text[..self.text.len() - 1].trim_ascii_end();
        let key = before.strip_suffix(b":").map(<[u8]>::trim_ascii_end).unwrap_or_default();
        ARRAY_KEYS.into_iter().find(|name| {
            let quoted = key.strip_suffix(b"\"").and_then(|key| key.strip_suffix(name.as_bytes()));
            quoted.is_some_and(|key| key.ends_with(b"\""))
        })
    }

    /// Whether the array that was just opened contains rows and is not a value of a row. Its first
    /// element starts with `first`.
    fn has_row_array(&self, first: Option<u8>) -> bool {
        let is_response = self.row_array_key().is_some_and(|key| RESPONSE_KEYS.contains(&key));
        let has =
            |keys: &[&[u8]]| keys.iter().any(|key| memchr::memmem::find(&self.text, key).is_some());
        let is_row = || has(&ROW_KEYS);
        let is_video = || has(&VIDEO_KEYS) && has(&VALUE_KEYS);
        (is_response && !is_video())
            || match first {
                Some(b'{') if is_video() => false,
                Some(b'{') => true,
                Some(b'n' | b']') => !is_row(),
                _ => false,
            }
    }

    fn parse(&self) -> Result<Map<String, Value>, RowIssue> {
        if self.is_oversized {
            return Err(RowIssue::Json("an object of more than 64 MiB".to_owned()));
        }
        serde_json::from_slice(&self.text)
            .or_else(|error| serde_json::from_slice(&standard_json(&self.text)).map_err(|_| error))
            .map_err(|error| RowIssue::Json(error.to_string()))
    }
}

impl<R: BufRead> JsonReader<R> {
    pub(super) fn new(input: R) -> Self {
        Self {
            input,
            line: 1,
            elements: 0,
            nulls: 0,
            enclosing: Vec::new(),
            has_object_lines: false,
            is_first: true,
            stopped: false,
        }
    }

    pub(super) fn input(&self) -> &R {
        &self.input
    }

    /// The number of the last element, from 1.
    pub(super) fn element(&self) -> u64 {
        self.elements
    }

    /// The number of `null` values since the last call; they are skipped.
    pub(super) fn take_nulls(&mut self) -> u64 {
        std::mem::take(&mut self.nulls)
    }

    /// Stops reading after an I/O error. Returns the number of the line.
    pub(super) fn stop(&mut self) -> u64 {
        self.stopped = true;
        self.line
    }

    /// The next object and its line; `None` at the end.
    #[expect(clippy::type_complexity, reason = "used once")]
    pub(super) fn next(
        &mut self,
    ) -> io::Result<Option<(u64, Result<Map<String, Value>, RowIssue>)>> {
        while let Some(byte) = self.next_byte()? {
            let line = self.line;
            match byte {
                b'{' => {
                    if let Some(object) = self.capture()? {
                        self.elements += 1;
                        return Ok(Some((line, object)));
                    }
                }
                b'[' if self.starts_log_line()? => {
                    self.skip_line()?;
                    self.elements += 1;
                    return Ok(Some((line, Err(RowIssue::Json("a line of a log".to_owned())))));
                }
                b'[' => self.enclosing.push(Enclosing::Array),
                b']' => {
                    self.enclosing.pop();
                    self.leave_objects()?;
                }
                b',' | b' ' | b'\t' | b'\r' | b'\n' | 0xef | 0xbb | 0xbf | 0x1e => {}
                _ if self.skip_value(byte)? == b"null" => {
                    self.elements += 1;
                    self.nulls += 1;
                }
                _ => {
                    self.elements += 1;
                    return Ok(Some((line, Err(RowIssue::NoNames))));
                }
            }
        }
        if !self.stopped && !self.enclosing.is_empty() {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the JSON text is truncated"));
        }
        Ok(None)
    }

    /// Reads the object after its first byte. `None` if it is a wrapper object; its array is next.
    fn capture(&mut self) -> io::Result<Option<Result<Map<String, Value>, RowIssue>>> {
        let mut capture = Capture::default();
        capture.push(b'{');
        let is_first = std::mem::take(&mut self.is_first);
        let first_line = self.line;
        loop {
            let Some(byte) = self.next_byte()? else {
                let message = "the JSON text is truncated";
                return Err(io::Error::new(io::ErrorKind::UnexpectedEof, message));
            };
            if byte == b'\n' && self.has_object_lines {
                let issue = RowIssue::Json("the line ends inside an object".to_owned());
                return Ok(Some(Err(issue)));
            }
            match capture.push(byte) {
                Step::More => {}
                Step::Complete => {
                    if is_first {
                        self.has_object_lines =
                            self.enclosing.is_empty() && self.line == first_line;
                    }
                    return Ok(Some(capture.parse()));
                }
                Step::Array => {
                    if self.enter_array(&mut capture)? {
                        return Ok(None);
                    }
                }
            }
        }
    }

    /// Continues in the array that was just opened in `capture`, if it contains rows. Returns
    /// whether it does.
    fn enter_array(&mut self, capture: &mut Capture) -> io::Result<bool> {
        let first = loop {
            match self.input.fill_buf()?.first().copied() {
                Some(b'\n') if self.has_object_lines => break None,
                Some(b' ' | b'\t' | b'\r' | b'\n') => self.next_byte()?,
                byte => break byte,
            };
        };
        let is_found = capture.has_row_array(first);
        if is_found {
            self.enclosing.extend(capture.open.iter().map(|_| Enclosing::Object));
            self.enclosing.push(Enclosing::Array);
        } else {
            capture.open.push(b'[');
        }
        Ok(is_found)
    }

    /// Skips the rest of the wrapper objects around an array that has ended, up to another array of
    /// rows.
    fn leave_objects(&mut self) -> io::Result<()> {
        let mut rest = Capture::default();
        let truncated =
            || io::Error::new(io::ErrorKind::UnexpectedEof, "the JSON text is truncated");
        while self.enclosing.last() == Some(&Enclosing::Object) {
            rest.open.push(b'{');
            self.enclosing.pop();
        }
        while !rest.open.is_empty() {
            let byte = self.next_byte()?.ok_or_else(truncated)?;
            if let Step::Array = rest.push(byte)
                && self.enter_array(&mut rest)?
            {
                return Ok(());
            }
            // The last key is sufficient to recognize an array.
            if !rest.in_string && matches!(byte, b',' | b'{' | b'}' | b']') {
                rest.text.clear();
            }
        }
        Ok(())
    }

    /// Skips the rest of a number, a string or another value that is not an object. Returns its
    /// start.
    fn skip_value(&mut self, first: u8) -> io::Result<Vec<u8>> {
        let mut start = vec![first];
        while let Some(&byte) = self.input.fill_buf()?.first() {
            if matches!(byte, b',' | b']' | b'{' | b'\n') {
                break;
            }
            if start.len() <= b"null".len() && !byte.is_ascii_whitespace() {
                start.push(byte);
            }
            self.input.consume(1);
        }
        Ok(start)
    }

    /// Whether the bracket that was just read starts a line such as `[youtube] abc: Downloading`.
    fn starts_log_line(&mut self) -> io::Result<bool> {
        let next = self.input.fill_buf()?.first().copied();
        let is_letter = next.is_some_and(|byte| byte.is_ascii_alphabetic() && byte != b'n');
        Ok(self.enclosing.is_empty() && is_letter)
    }

    fn skip_line(&mut self) -> io::Result<()> {
        while self.next_byte()?.is_some_and(|byte| byte != b'\n') {}
        Ok(())
    }

    fn next_byte(&mut self) -> io::Result<Option<u8>> {
        if self.stopped {
            return Ok(None);
        }
        let byte = self.input.fill_buf()?.first().copied();
        self.input.consume(usize::from(byte.is_some()));
        self.line += u64::from(byte == Some(b'\n'));
        Ok(byte)
    }
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

#[cfg(test)]
mod tests;
