//! Types of rows, and how they are read.

use super::{
    fields::{Header, RowContext},
    recognize::Format,
    record::Record,
    row_issue::RowIssue,
};
use chrono::{DateTime, Utc};
use encoding_rs::Encoding;
use std::io;

/// A type of row.
pub trait TableRow: Sized + Send + 'static {
    /// Positions of the columns in a file.
    type Columns: Send;

    /// Finds the columns, or returns the first problem.
    fn find_columns(header: &Header) -> Result<Self::Columns, HeaderError>;

    /// Parses a record; issues are added to `issues`. `None` if the row is valid but has
    /// nothing to store.
    fn parse(
        columns: &Self::Columns,
        header: &Header,
        record: &Record,
        issues: &mut Vec<RowIssue>,
    ) -> Result<Option<Self>, RowIssue>;

    /// The columns of `header` that are used; all, if that is not known.
    fn used_columns(_: &Self::Columns, header: &Header) -> Vec<usize> {
        (0..header.names().len()).collect()
    }

    /// The columns with dates.
    fn date_columns(columns: &Self::Columns) -> Vec<usize>;

    /// The column with the time of observation in a header of any columns, such as the fields of a
    /// wrapper object in JSON.
    fn find_observation(_: &Header) -> Option<usize> {
        None
    }

    /// Whether rows have the time of observation.
    fn has_observation_date(columns: &Self::Columns) -> bool;

    /// Whether rows of videos have the subscribers of channels.
    fn has_subscribers(_: &Self::Columns) -> bool {
        false
    }

    /// The id and the views of a video that was observed at `default`, the time of rows without one.
    fn undated_views(&self, _default: DateTime<Utc>) -> Option<(&str, i64)> {
        None
    }

    /// Approximate memory use in bytes.
    fn memory_bytes(&self) -> usize;
}

/// A header that rows cannot be read with.
#[derive(Debug)]
pub enum HeaderError {
    /// A required column is missing; its usual name.
    MissingColumn(&'static str),
    /// No column has the day of observation.
    NoObservationDate,
    /// Two columns may be the same field; their names in the file.
    Ambiguous {
        /// The field.
        field: &'static str,
        /// The names of the columns in the file.
        columns: [String; 2],
    },
}

/// Options for reading a file; unset ones are detected.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReadOptions {
    /// The file format.
    pub format: Option<Format>,
    /// The encoding, unless there is a byte order mark.
    pub encoding: Option<&'static Encoding>,
    /// The separator of columns.
    pub separator: Option<u8>,
    /// Per-file context for parsing rows.
    pub context: RowContext,
}

/// A row with its issues.
pub struct ParsedRow<T> {
    /// The line on which it starts.
    pub line: u64,
    /// Its position and id in JSON, if it has issues: a line of JSON can contain many rows.
    pub entry: Option<String>,
    /// The row, if it is valid.
    pub row: Option<T>,
    /// Errors and issues.
    pub issues: Vec<RowIssue>,
}

impl<T> ParsedRow<T> {
    /// An invalid row of a CSV file.
    pub(super) fn invalid(line: u64, issue: RowIssue) -> Self {
        Self { line, entry: None, row: None, issues: vec![issue] }
    }

    /// A placeholder for the rest of a file, which cannot be read.
    pub(super) fn unreadable(line: u64, error: &io::Error) -> Self {
        Self::invalid(line, RowIssue::Unreadable(error.to_string()))
    }
}

/// The names of the columns of `header` that rows do not use.
pub(super) fn unused_columns<T: TableRow>(columns: &T::Columns, header: &Header) -> Vec<String> {
    let used = T::used_columns(columns, header);
    let names = header.names().iter().enumerate();
    let is_unused = |(index, name): &(usize, &String)| !used.contains(index) && !name.is_empty();
    names.filter(is_unused).map(|(_, name)| name.clone()).collect()
}
