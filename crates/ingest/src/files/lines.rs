//! Physical lines in bounded memory.

use std::io::{self, BufRead, Read};

/// The maximum size of a line and of a record: 1 MiB.
pub(super) const MAX_RECORD_BYTES: usize = 1 << 20;

/// The byte order mark of UTF-8.
pub(super) const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Lines of a file with their line endings; a line ends at a line feed.
pub(super) struct Lines<R> {
    input: R,
    buffer: Vec<u8>,
    number: u64,
}

pub(super) struct Line<'a> {
    /// Line number, from 1.
    pub number: u64,
    /// The content with its line ending, which the last line may lack.
    pub bytes: &'a [u8],
    /// Truncated to [`MAX_RECORD_BYTES`].
    pub is_truncated: bool,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, buffer: Vec::new(), number: 0 }
    }

    /// The number of the last line that was read.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    pub(super) fn input(&self) -> &R {
        &self.input
    }

    /// The next line; `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        self.buffer.clear();
        let mut bounded = (&mut self.input).take(MAX_RECORD_BYTES as u64);
        if bounded.read_until(b'\n', &mut self.buffer)? == 0 {
            return Ok(None);
        }
        self.number += 1;
        let is_truncated =
            self.buffer.len() == MAX_RECORD_BYTES && self.buffer.last() != Some(&b'\n');
        if is_truncated {
            self.input.skip_until(b'\n')?;
        }
        let bytes = self.buffer.as_slice();
        // Joined files have byte order marks on other lines.
        let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
        Ok(Some(Line { number: self.number, bytes, is_truncated }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_line_endings_without_byte_order_mark() {
        let mut lines = Lines::new(&b"\xef\xbb\xbfa\r\n\nb"[..]);
        let mut seen = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            seen.push((line.number, line.bytes.to_vec()));
        }
        assert_eq!(seen, [(1, b"a\r\n".to_vec()), (2, b"\n".to_vec()), (3, b"b".to_vec())]);
    }

    #[test]
    fn oversized_line_is_truncated() {
        let mut text = vec![b'x'; 3 * MAX_RECORD_BYTES];
        text.extend(b"\nafter\n");
        let mut lines = Lines::new(text.as_slice());
        let first = lines.next().unwrap().unwrap();
        assert!(first.is_truncated);
        assert_eq!(first.bytes.len(), MAX_RECORD_BYTES);
        let second = lines.next().unwrap().unwrap();
        assert_eq!((second.number, second.bytes, second.is_truncated), (2, &b"after\n"[..], false));
    }
}
