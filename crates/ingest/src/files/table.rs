//! Files with typed rows.

use super::{
    error::FileError,
    fields::{Header, RowContext},
    flatten::{flatten, object_format},
    input::Input,
    json::JsonReader,
    reader::{ReadRecord, RecordReader},
    reason::Reason,
    recognize::{Format, describe_columns, describe_kind, describe_unusable, is_json},
    record::Record,
    source::{HEAD_BYTES, Peeked, Source},
};
use encoding_rs::Encoding;
use serde_json::{Map, Value};
use std::{
    io::{self, BufRead},
    path::Path,
};

/// A type of row.
pub trait TableRow: Sized + Send + 'static {
    /// Positions of the columns in a file.
    type Columns: Send;

    /// Finds the columns, or returns the first missing one.
    fn columns(header: &Header) -> Result<Self::Columns, MissingColumn>;

    /// Parses a record; repairs are added to `repaired`. `None` if the row is valid but has
    /// nothing to store.
    fn parse(
        columns: &Self::Columns,
        header: &Header,
        record: &Record,
        repaired: &mut Vec<Reason>,
    ) -> Result<Option<Self>, Reason>;

    /// The columns of `header` that are not used.
    fn unused(_: &Self::Columns, _: &Header) -> Vec<String> {
        Vec::new()
    }

    /// Whether rows have the time of observation.
    fn has_day(columns: &Self::Columns) -> bool;

    /// Whether rows of videos have the subscribers of channels.
    fn has_subscribers(_: &Self::Columns) -> bool {
        false
    }

    /// Approximate size in bytes.
    fn size(&self) -> usize;
}

/// The name of a required column, or of the day of observation, for which an option exists.
#[derive(Debug)]
pub enum MissingColumn {
    /// The column's name.
    Named(&'static str),
    /// No column has the day of observation.
    Day,
}

/// How a file is read. What is not set is detected.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReadOptions {
    /// The format.
    pub format: Option<Format>,
    /// The encoding, unless there is a byte order mark.
    pub encoding: Option<&'static Encoding>,
    /// The separator of columns.
    pub separator: Option<u8>,
    /// What rows are parsed with.
    pub context: RowContext,
}

/// An open file, positioned at its first row.
pub struct Table<T: TableRow, R = Source> {
    rows: Rows<T, R>,
}

enum Rows<T: TableRow, R> {
    Csv { header: Header, columns: T::Columns, records: RecordReader<Peeked<R>> },
    Json(Objects<T, R>),
}

struct Objects<T: TableRow, R> {
    reader: JsonReader<Peeked<R>>,
    forced: Option<Format>,
    format: Format,
    context: RowContext,
    /// The fields of the last object.
    header: Option<(Header, T::Columns)>,
    /// The first object, which was read to check the file.
    first: Option<(u64, Map<String, Value>)>,
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
    /// Opens a file, plain or compressed, and reads its header.
    pub fn open(input: &Input, options: ReadOptions) -> Result<Self, FileError> {
        let file = &input.name;
        let unreadable = |source| FileError::Unreadable { file: file.clone(), source };
        let source = Source::open(input.path(), options.encoding).map_err(unreadable)?;
        let encoding = source.encoding();
        let context = RowContext {
            encoding: encoding.name(),
            is_converted: encoding.is_converted(),
            ..options.context
        };
        Self::read(file, source, ReadOptions { context, ..options })
    }

    /// The number of bytes of the file that were read.
    pub fn position(&self) -> u64 {
        self.source().position()
    }

    /// Format, encoding, separator and container, for the operator.
    pub fn description(&self, input: &Input) -> String {
        let source = self.source();
        let mut parts = vec![self.format().name().to_owned(), source.encoding().name().to_owned()];
        if source.encoding().has_byte_order_mark() {
            parts.push("byte order mark".to_owned());
        }
        match self.separator() {
            Some(b',') | None => {}
            Some(b'\t') => parts.push("separated by tabs".to_owned()),
            Some(separator) => parts.push(format!("separated by {}", char::from(separator))),
        }
        if source.is_gzip() {
            parts.push("gzip".to_owned());
        }
        parts.extend(
            input.archive_member.as_ref().map(|member| format!("{member} of a ZIP archive")),
        );
        parts.join(", ")
    }

    fn source(&self) -> &Source {
        match &self.rows {
            Rows::Csv { records, .. } => records.input().input(),
            Rows::Json(objects) => objects.reader.input().input(),
        }
    }
}

impl<T: TableRow, R: BufRead> Table<T, R> {
    /// Reads the header of `input`, which is the content of the file `path`.
    pub fn read(path: &Path, input: R, options: ReadOptions) -> Result<Self, FileError> {
        let input = Peeked::new(input, HEAD_BYTES);
        let file = || path.to_owned();
        if let Some(what) = describe_unusable(input.head()) {
            return Err(FileError::Unusable { file: file(), what: what.to_owned() });
        }
        let is_json =
            options.format.map_or_else(|| is_json(input.head()), |format| format != Format::Csv);
        if is_json {
            return Ok(Self { rows: Rows::Json(Objects::open(path, input, options)?) });
        }
        let opened = RecordReader::open(input, options.separator);
        let opened = opened.map_err(|source| FileError::Unreadable { file: file(), source })?;
        let (records, header) = opened.ok_or_else(|| FileError::Empty { file: file() })?;
        let header = Header::new(&header, options.context);
        let columns = T::columns(&header).map_err(|missing| unusable(path, &header, &missing))?;
        Ok(Self { rows: Rows::Csv { header, columns, records } })
    }

    /// The format of the file.
    pub fn format(&self) -> Format {
        match &self.rows {
            Rows::Csv { .. } => Format::Csv,
            Rows::Json(objects) => objects.format,
        }
    }

    /// The columns that rows do not use.
    pub fn unused_columns(&self) -> Vec<String> {
        match &self.rows {
            Rows::Csv { header, columns, .. } => T::unused(columns, header),
            Rows::Json(_) => Vec::new(),
        }
    }

    /// Whether the first row has the time of observation.
    pub fn has_day(&self) -> bool {
        match &self.rows {
            Rows::Csv { columns, .. } => T::has_day(columns),
            Rows::Json(objects) => {
                objects.header.as_ref().is_some_and(|(_, columns)| T::has_day(columns))
            }
        }
    }

    /// Whether rows of videos may have the subscribers of channels.
    pub fn has_subscribers(&self) -> bool {
        match &self.rows {
            Rows::Csv { columns, .. } => T::has_subscribers(columns),
            Rows::Json(_) => true,
        }
    }

    /// The names of columns that occur more than once.
    pub fn repeated_columns(&self) -> Vec<String> {
        let Rows::Csv { header, .. } = &self.rows else { return Vec::new() };
        let names = header.names();
        let is_repeated =
            |(index, name): &(usize, &String)| !name.is_empty() && names[..*index].contains(name);
        names.iter().enumerate().filter(is_repeated).map(|(_, name)| name.clone()).collect()
    }

    fn separator(&self) -> Option<u8> {
        match &self.rows {
            Rows::Csv { records, .. } => Some(records.separator()),
            Rows::Json(_) => None,
        }
    }

    /// The next row; `None` at the end.
    pub fn next_row(&mut self) -> Option<Parsed<T>> {
        match &mut self.rows {
            Rows::Csv { header, columns, records } => next_record(header, columns, records),
            Rows::Json(objects) => objects.next_row(),
        }
    }
}

/// The next row of a CSV file; rows of empty columns are ignored.
fn next_record<T: TableRow, R: BufRead>(
    header: &Header,
    columns: &T::Columns,
    records: &mut RecordReader<R>,
) -> Option<Parsed<T>> {
    let parse =
        |record: &Record, reasons: &mut Vec<Reason>| T::parse(columns, header, record, reasons);
    loop {
        let next = records.next(|record| parse(record, &mut Vec::new()).is_ok());
        let (line, found) = match next {
            Ok(found) => found?,
            Err(error) => return Some(unreadable(records.stop(), &error)),
        };
        let mut reasons = Vec::new();
        let row = match found {
            ReadRecord::Complete(record) if record.is_empty() => continue,
            ReadRecord::Complete(record) => parse(&record, &mut reasons),
            ReadRecord::Truncated(record) => {
                reasons.push(Reason::TruncatedFile);
                parse(&record, &mut reasons)
            }
            ReadRecord::Invalid(reason) => Err(reason),
        };
        return Some(parsed(line, row, reasons));
    }
}

fn parsed<T>(line: u64, row: Result<Option<T>, Reason>, mut reasons: Vec<Reason>) -> Parsed<T> {
    let row = row.map_err(|reason| reasons = vec![reason]).ok().flatten();
    Parsed { line, row, reasons }
}

fn unreadable<T>(line: u64, error: &io::Error) -> Parsed<T> {
    Parsed { line, row: None, reasons: vec![Reason::Unreadable(error.to_string())] }
}

/// The error of a file whose header lacks a column.
fn unusable(path: &Path, header: &Header, missing: &MissingColumn) -> FileError {
    let (file, found) = (path.to_owned(), header.names().to_vec());
    match (describe_columns(header), missing) {
        (Some(what), _) => FileError::Unusable { file, what: what.to_owned() },
        (None, MissingColumn::Named(column)) => FileError::MissingColumn { file, column, found },
        (None, MissingColumn::Day) => FileError::NoDay { file, found },
    }
}

impl<T: TableRow, R: BufRead> Objects<T, R> {
    /// Reads the first object and checks that it can be a row.
    fn open(path: &Path, input: Peeked<R>, options: ReadOptions) -> Result<Self, FileError> {
        let context = RowContext { has_optional_fields: true, ..options.context };
        let (forced, format) = (options.format, options.format.unwrap_or(Format::JsonRows));
        let reader = JsonReader::new(input);
        let mut objects = Self { reader, forced, format, context, header: None, first: None };
        let first = objects.reader.next();
        let first = first
            .map_err(|source| FileError::Unreadable { file: path.to_owned(), source })?
            .ok_or_else(|| FileError::Empty { file: path.to_owned() })?;
        let (line, object) = match first {
            (line, Ok(object)) => (line, object),
            (line, Err(reason)) => {
                let what = format!("no valid JSON (line {line}: {reason})");
                return Err(FileError::Unusable { file: path.to_owned(), what });
            }
        };
        let kind = object.get("kind").and_then(Value::as_str).unwrap_or_default();
        let what = describe_kind(kind).map(str::to_owned).or_else(|| describe_api_error(&object));
        if let Some(what) = what {
            return Err(FileError::Unusable { file: path.to_owned(), what });
        }
        objects.format = forced.unwrap_or_else(|| object_format(&object));
        let (header, _) = objects.split(object.clone());
        let columns = T::columns(&header).map_err(|missing| unusable(path, &header, &missing))?;
        objects.header = Some((header, columns));
        objects.first = Some((line, object));
        Ok(objects)
    }

    fn split(&self, object: Map<String, Value>) -> (Header, Record) {
        let format = self.forced.unwrap_or_else(|| object_format(&object));
        let fields = flatten(object, format);
        let names = Record::of(fields.iter().map(|(name, _)| name.as_str()));
        let record = Record::of(fields.iter().map(|(_, text)| text.as_str()));
        (Header::new(&names, self.context), record)
    }

    fn next_row(&mut self) -> Option<Parsed<T>> {
        let (line, object) = match self.first.take() {
            Some((line, object)) => (line, Ok(object)),
            None => match self.reader.next() {
                Ok(found) => found?,
                Err(error) => return Some(unreadable(self.reader.stop(), &error)),
            },
        };
        let mut reasons = Vec::new();
        let row = object.and_then(|object| self.parse(object, &mut reasons));
        Some(parsed(line, row, reasons))
    }

    fn parse(
        &mut self,
        object: Map<String, Value>,
        reasons: &mut Vec<Reason>,
    ) -> Result<Option<T>, Reason> {
        let (header, record) = self.split(object);
        let is_known =
            self.header.as_ref().is_some_and(|(known, _)| known.names() == header.names());
        if !is_known {
            let columns = T::columns(&header).map_err(|missing| match missing {
                MissingColumn::Named(field) => Reason::Missing { field },
                MissingColumn::Day => Reason::Missing { field: "the day of observation" },
            })?;
            self.header = Some((header, columns));
        }
        match &self.header {
            Some((header, columns)) => T::parse(columns, header, &record, reasons),
            None => Ok(None),
        }
    }
}

/// The message of a failed request to the API that was saved instead of its response.
fn describe_api_error(object: &Map<String, Value>) -> Option<String> {
    let message = object.get("error")?.get("message")?.as_str()?;
    Some(format!("an error response of the API, not data: {message}"))
}

/// The first `max_length` characters of `text`, and whether it was truncated.
pub fn truncate(text: &str, max_length: usize) -> (&str, bool) {
    match text.char_indices().nth(max_length) {
        Some((end, _)) => (&text[..end], true),
        None => (text, false),
    }
}
