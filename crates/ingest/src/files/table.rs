//! CSV files with typed rows.

use super::{
    error::FileError,
    fields::Header,
    reader::{ReadRecord, RecordReader},
    reason::Reason,
    record::Record,
    source::Source,
};
use std::{io::BufRead, path::Path};

/// A type of row.
pub trait TableRow: Sized + Send + 'static {
    /// Positions of the columns in a file.
    type Columns: Send;

    /// Finds the columns, or returns the first missing one.
    fn columns(header: &Header) -> Result<Self::Columns, MissingColumn>;

    /// Parses a record; repairs are added to `repaired`.
    fn parse(
        columns: &Self::Columns,
        header: &Header,
        record: &Record,
        repaired: &mut Vec<Reason>,
    ) -> Result<Self, Reason>;

    /// Approximate size in bytes.
    fn size(&self) -> usize;
}

/// The name of a required column.
pub struct MissingColumn(pub &'static str);

/// An open file, positioned after its header.
pub struct Table<T: TableRow, R = Source> {
    header: Header,
    columns: T::Columns,
    records: RecordReader<R>,
}

/// A row with its reports.
pub struct Parsed<T> {
    /// The line on which it starts.
    pub line: u64,
    /// The row, if it is valid.
    pub row: Option<T>,
    /// Errors and repairs.
    pub reasons: Vec<Reason>,
}

impl<T: TableRow> Table<T> {
    /// Opens a file, plain or gzip, and reads its header.
    pub fn open(path: &Path) -> Result<Self, FileError> {
        let unreadable = |source| FileError::Unreadable { file: path.to_owned(), source };
        Self::read(path, Source::open(path).map_err(unreadable)?)
    }

    /// The number of bytes of the file that were read.
    pub fn position(&self) -> u64 {
        self.records.input().position()
    }
}

impl<T: TableRow, R: BufRead> Table<T, R> {
    /// Reads the header of `input`, which is the content of the file `path`.
    pub fn read(path: &Path, input: R) -> Result<Self, FileError> {
        let file = || path.to_owned();
        let opened = RecordReader::open(input);
        let opened = opened.map_err(|source| FileError::Unreadable { file: file(), source })?;
        let (records, header) = opened.ok_or_else(|| FileError::Empty { file: file() })?;
        let header = Header::new(&header);
        let columns = T::columns(&header)
            .map_err(|MissingColumn(column)| FileError::MissingColumn { file: file(), column })?;
        Ok(Self { header, columns, records })
    }

    /// The next row; `None` at the end.
    pub fn next_row(&mut self) -> Option<Parsed<T>> {
        let parse = |record: &Record, reasons: &mut Vec<Reason>| {
            T::parse(&self.columns, &self.header, record, reasons)
        };
        let next = self.records.next(|record| parse(record, &mut Vec::new()).is_ok());
        let (line, found) = match next {
            Ok(found) => found?,
            Err(error) => {
                let reasons = vec![Reason::Unreadable(error.to_string())];
                return Some(Parsed { line: self.records.stop(), row: None, reasons });
            }
        };
        let mut reasons = Vec::new();
        let row = match found {
            ReadRecord::Complete(record) => parse(&record, &mut reasons),
            ReadRecord::Truncated(record) => {
                reasons.push(Reason::TruncatedFile);
                parse(&record, &mut reasons)
            }
            ReadRecord::Invalid(reason) => Err(reason),
        };
        let row = row.map_err(|reason| reasons = vec![reason]).ok();
        Some(Parsed { line, row, reasons })
    }
}

/// The first `max_length` characters of `text`, and whether it was truncated.
pub fn truncate(text: &str, max_length: usize) -> (&str, bool) {
    match text.char_indices().nth(max_length) {
        Some((end, _)) => (&text[..end], true),
        None => (text, false),
    }
}
