//! Reading JSON objects one by one: of an array, of several documents, or one per line.
//!
//! Not the stream of `serde_json`: it holds a whole array or response in memory, and ends at the
//! first error.

mod capture;

use super::row_issue::RowIssue;
use capture::{Capture, Step};
use serde_json::{Map, Value};
use std::io::{self, BufRead};

/// Reads the objects of JSON text. Enclosing arrays and wrapper objects are passed through.
pub(super) struct JsonReader<R> {
    input: R,
    line: u64,
    /// The number of objects and other values that were read or skipped.
    elements: u64,
    /// The number of `null` values, which yt-dlp writes for videos that it cannot read.
    nulls: u64,
    enclosing: Vec<Enclosing>,
    /// The number of wrapper objects that were entered or left.
    wrapper_changes: u64,
    /// Each line is an object, so that an error affects one line.
    has_object_lines: bool,
    is_first: bool,
    stopped: bool,
}

/// An array or a wrapper object that is open.
struct Enclosing {
    is_object: bool,
    /// The fields before the element that is being read, which hold for all elements.
    fields: Map<String, Value>,
}

impl<R: BufRead> JsonReader<R> {
    pub(super) fn new(input: R) -> Self {
        Self {
            input,
            line: 1,
            elements: 0,
            nulls: 0,
            enclosing: Vec::new(),
            wrapper_changes: 0,
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

    /// A number that changes with the [`Self::enclosing_fields`].
    pub(super) fn wrapper_changes(&self) -> u64 {
        self.wrapper_changes
    }

    /// The fields of the wrapper objects around the last element, from the innermost one. Fields
    /// after the array of rows are unknown.
    pub(super) fn enclosing_fields(&self) -> impl Iterator<Item = &Map<String, Value>> {
        self.enclosing.iter().rev().map(|enclosing| &enclosing.fields)
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
                b'[' => self.enclosing.push(Enclosing { is_object: false, fields: Map::new() }),
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
            let (wrappers, array) = std::mem::take(capture).wrapper_fields();
            let objects = wrappers.into_iter().map(|fields| Enclosing { is_object: true, fields });
            self.enclosing.extend(objects);
            self.enclosing.push(Enclosing { is_object: false, fields: array });
            self.wrapper_changes += 1;
        } else {
            capture.open_array();
        }
        Ok(is_found)
    }

    /// Skips the rest of the wrapper objects around an array that has ended, up to another array of
    /// rows.
    fn leave_objects(&mut self) -> io::Result<()> {
        let start = self.enclosing.iter().rposition(|enclosing| !enclosing.is_object);
        let objects = self.enclosing.drain(start.map_or(0, |start| start + 1)..);
        let mut rest = Capture::inside(objects.map(|object| object.fields).collect());
        self.wrapper_changes += 1;
        while rest.has_open_objects() {
            let byte = self.next_byte()?.ok_or_else(|| {
                io::Error::new(io::ErrorKind::UnexpectedEof, "the JSON text is truncated")
            })?;
            if let Step::Array = rest.push(byte)
                && self.enter_array(&mut rest)?
            {
                return Ok(());
            }
            rest.end_member(byte);
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

#[cfg(test)]
mod tests;
