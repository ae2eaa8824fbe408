//! Reading records with their line numbers, and recovering from malformed ones.
//!
//! Not the `csv` crate: its reader does not recover from an unclosed quote, which would consume
//! the rest of the file, and accepts text after a closing quote. This reader is not slower: 0.41
//! GB/s on the trending data set, where `csv` reads 0.34 GB/s.

use super::{
    lines::{Line, Lines, MAX_RECORD_BYTES},
    reason::Reason,
    record::{Record, Scanner},
};
use memchr::memchr_iter;
use std::io::{self, BufRead};

/// The next record of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ReadRecord {
    /// It has as many columns as the header.
    Complete(Record),
    /// The last record, with an unclosed quote: it may be truncated.
    Truncated(Record),
    /// Malformed.
    Invalid(Reason),
}

/// Reads records and recovers from unclosed quotes: while a quoted column is open, a line that
/// parses as a valid record on its own ends the record before it, so that a stray quote invalidates
/// one row, not the rest of the file.
pub(super) struct RecordReader<R> {
    lines: Lines<R>,
    columns: usize,
    /// The start of the next record, found while looking for the end of the previous one.
    started: Option<PendingRecord>,
    /// Skips lines until one is the start of a valid record.
    resynchronizing: bool,
    /// Set after an I/O error.
    stopped: bool,
}

struct PendingRecord {
    line: u64,
    scanner: Scanner,
    complete: bool,
    /// A line of the record exceeded the limit.
    is_truncated: bool,
}

impl PendingRecord {
    fn with(line: &Line<'_>) -> Self {
        let (number, scanner) = (line.number, Scanner::new());
        let mut started = Self { line: number, scanner, complete: false, is_truncated: false };
        started.feed(line);
        started
    }

    fn feed(&mut self, line: &Line<'_>) {
        self.is_truncated |= line.is_truncated;
        self.complete = !self.is_truncated && self.scanner.feed(line.bytes);
    }
}

impl<R: BufRead> RecordReader<R> {
    /// Reads the header. `None` if the file is empty.
    pub(super) fn open(input: R) -> io::Result<Option<(Self, Record)>> {
        let mut reader = Self {
            lines: Lines::new(input),
            columns: 0,
            started: None,
            resynchronizing: false,
            stopped: false,
        };
        while let Some(line) = reader.lines.next()? {
            if is_blank(line.bytes) {
                continue;
            }
            let mut scanner = Scanner::new();
            scanner.feed(line.bytes);
            let (header, ..) = scanner.finish();
            reader.columns = header.columns();
            return Ok(Some((reader, header)));
        }
        Ok(None)
    }

    /// The next record and its line; `None` at the end. `is_valid` returns whether a record is a
    /// valid row.
    pub(super) fn next(
        &mut self,
        is_valid: impl Fn(&Record) -> bool,
    ) -> io::Result<Option<(u64, ReadRecord)>> {
        let mut started = match self.started.take() {
            Some(started) => started,
            None => match self.start(&is_valid)? {
                Some(started) => started,
                None => return Ok(None),
            },
        };
        let columns = self.columns;
        while !started.complete {
            if started.is_truncated || started.scanner.size() > MAX_RECORD_BYTES {
                self.resynchronizing = true;
                return Ok(Some((started.line, ReadRecord::Invalid(Reason::TooLong))));
            }
            let Some(line) = self.next_line()? else {
                return Ok(Some((started.line, self.last(started.scanner))));
            };
            if let Some(next) = probe(&line, columns, &is_valid) {
                self.started = Some(next);
                return Ok(Some((started.line, ReadRecord::Invalid(Reason::UnclosedQuote))));
            }
            started.feed(&line);
        }
        Ok(Some((started.line, self.complete(started.scanner))))
    }

    /// Starts a record at the next line that is not blank or, when resynchronizing, at the next one
    /// that starts a valid record.
    fn start(&mut self, is_valid: impl Fn(&Record) -> bool) -> io::Result<Option<PendingRecord>> {
        let (resynchronizing, columns) = (self.resynchronizing, self.columns);
        while let Some(line) = self.next_line()? {
            let started = if resynchronizing {
                probe(&line, columns, &is_valid)
            } else {
                (!is_blank(line.bytes)).then(|| PendingRecord::with(&line))
            };
            if started.is_some() {
                self.resynchronizing = false;
                return Ok(started);
            }
        }
        Ok(None)
    }

    fn next_line(&mut self) -> io::Result<Option<Line<'_>>> {
        if self.stopped { Ok(None) } else { self.lines.next() }
    }

    /// Stops reading after an I/O error. Returns the number of the next line.
    pub(super) fn stop(&mut self) -> u64 {
        self.stopped = true;
        self.started = None;
        self.lines.number() + 1
    }

    pub(super) fn input(&self) -> &R {
        self.lines.input()
    }

    fn complete(&self, scanner: Scanner) -> ReadRecord {
        match scanner.finish() {
            (.., Some(column)) => {
                ReadRecord::Invalid(Reason::TextAfterQuote { column: column + 1 })
            }
            (record, ..) if record.columns() != self.columns => {
                ReadRecord::Invalid(Reason::Columns {
                    found: record.columns(),
                    expected: self.columns,
                })
            }
            (record, ..) => ReadRecord::Complete(record),
        }
    }

    fn last(&self, scanner: Scanner) -> ReadRecord {
        match scanner.finish() {
            (record, _, None) if record.columns() == self.columns => ReadRecord::Truncated(record),
            _ => ReadRecord::Invalid(Reason::UnclosedQuote),
        }
    }
}

/// The record that `line` starts, if it parses as a valid record on its own. The last column
/// may continue in further lines.
fn probe(
    line: &Line<'_>,
    columns: usize,
    is_valid: impl Fn(&Record) -> bool,
) -> Option<PendingRecord> {
    // A cheap check first: few lines of descriptions have enough commas.
    if line.is_truncated || memchr_iter(b',', line.bytes).take(columns - 1).count() + 1 < columns {
        return None;
    }
    let started = PendingRecord::with(line);
    let (record, _, error_column) = started.scanner.clone().finish();
    let valid = error_column.is_none() && record.columns() == columns && is_valid(&record);
    valid.then_some(started)
}

fn is_blank(line: &[u8]) -> bool {
    matches!(line, b"\n" | b"\r\n")
}

#[cfg(test)]
#[path = "reader_tests.rs"]
mod tests;
