//! Files with typed rows.

use super::{
    error::FileError,
    fields::{Header, RowContext},
    input::Input,
    objects::Objects,
    reader::{ReadRecord, RecordReader},
    reason::Reason,
    recognize::{Format, describe_columns, describe_text, is_json},
    record::Record,
    source::{HEAD_BYTES, Peeked, Source},
    timestamp::{DateOrder, parse_timestamp},
};
use encoding_rs::Encoding;
use std::{
    io::{self, BufRead},
    path::Path,
};

/// The lines above a header that are searched for it.
const MAX_LINES_ABOVE_HEADER: usize = 20;

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

    /// The columns of `header` that are used; all, if that is not known.
    fn used(_: &Self::Columns, header: &Header) -> Vec<usize> {
        (0..header.names().len()).collect()
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

/// A row with its reports.
pub struct Parsed<T> {
    /// The line on which it starts.
    pub line: u64,
    /// Its position and id in JSON, of which a line can contain many rows, if it has reports.
    pub entry: Option<String>,
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
        if let Some(what) = source.binary_content() {
            return Err(FileError::Unusable { file: file.clone(), what: what.to_owned() });
        }
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
            Rows::Json(objects) => objects.input(),
        }
    }
}

impl<T: TableRow, R: BufRead> Table<T, R> {
    /// Reads the header of `input`, which is the content of the file `path`.
    pub fn read(path: &Path, input: R, mut options: ReadOptions) -> Result<Self, FileError> {
        let input = Peeked::new(input, HEAD_BYTES);
        if let Some(what) = describe_text(input.head()) {
            return Err(FileError::Unusable { file: path.to_owned(), what: what.to_owned() });
        }
        options.context.date_order = find_date_order::<T>(path, input.head(), options);
        Self::read_peeked(path, input, options)
    }

    fn read_peeked(path: &Path, input: Peeked<R>, options: ReadOptions) -> Result<Self, FileError> {
        let file = || path.to_owned();
        let is_json =
            options.format.map_or_else(|| is_json(input.head()), |format| format != Format::Csv);
        if is_json {
            return Ok(Self { rows: Rows::Json(Objects::open(path, input, options)?) });
        }
        let opened = RecordReader::open(input, options.separator);
        let opened = opened.map_err(|source| FileError::Unreadable { file: file(), source })?;
        let (records, header) = opened.ok_or_else(|| FileError::Empty { file: file() })?;
        let header = Header::new(&header, options.context);
        let columns = T::columns(&header).map_err(|missing| {
            let head = records.input().head();
            unusable_header::<T>(path, head, &header, &missing, options.separator)
        })?;
        Ok(Self { rows: Rows::Csv { header, columns, records } })
    }

    /// The format of the file.
    pub fn format(&self) -> Format {
        match &self.rows {
            Rows::Csv { .. } => Format::Csv,
            Rows::Json(objects) => objects.format(),
        }
    }

    /// The columns, or the keys of the first object, that rows do not use.
    pub fn unused_columns(&self) -> Vec<String> {
        match &self.rows {
            Rows::Csv { header, columns, .. } => unused_columns::<T>(columns, header),
            Rows::Json(objects) => objects.unused_keys(),
        }
    }

    /// Whether the first row has the time of observation.
    pub fn has_day(&self) -> bool {
        match &self.rows {
            Rows::Csv { columns, .. } => T::has_day(columns),
            Rows::Json(objects) => objects.has_day(),
        }
    }

    /// The number of elements `null` of JSON since the last call.
    pub fn take_nulls(&mut self) -> u64 {
        match &mut self.rows {
            Rows::Csv { .. } => 0,
            Rows::Json(objects) => objects.take_nulls(),
        }
    }

    /// Whether rows of videos may have the subscribers of channels.
    pub fn has_subscribers(&self) -> bool {
        match &self.rows {
            Rows::Csv { columns, .. } => T::has_subscribers(columns),
            Rows::Json(_) => true,
        }
    }

    /// The order of day and month in dates such as `31/12/2025`.
    pub fn date_order(&self) -> DateOrder {
        match &self.rows {
            Rows::Csv { header, .. } => header.context.date_order,
            Rows::Json(objects) => objects.date_order(),
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

/// The next row of a CSV file; rows of empty columns and repetitions of the header are ignored.
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
        let is_last = matches!(found, ReadRecord::Last(_));
        let (record, mut reasons) = match found {
            ReadRecord::Complete(record) if record.is_empty() => continue,
            ReadRecord::Complete(record) | ReadRecord::Last(record) => (record, Vec::new()),
            ReadRecord::Truncated => return Some(invalid(line, Reason::TruncatedFile)),
            ReadRecord::Invalid(reason) => return Some(invalid(line, reason)),
        };
        let reason = match parse(&record, &mut reasons) {
            Ok(row) => return Some(Parsed { line, entry: None, row, reasons }),
            Err(reason) => reason,
        };
        let other = Header::new(&record, header.context);
        if other.names() == header.names() {
            continue;
        }
        if T::columns(&other).is_ok() {
            records.stop();
            return Some(invalid(line, Reason::OtherHeader));
        }
        let is_cut = is_last && reason.column() == header.names().last().map(String::as_str);
        return Some(invalid(line, if is_cut { Reason::TruncatedFile } else { reason }));
    }
}

fn invalid<T>(line: u64, reason: Reason) -> Parsed<T> {
    Parsed { line, entry: None, row: None, reasons: vec![reason] }
}

pub(super) fn unreadable<T>(line: u64, error: &io::Error) -> Parsed<T> {
    invalid(line, Reason::Unreadable(error.to_string()))
}

/// The order of day and month in dates such as `31/12/2025`, if the rows in `head` prove it.
fn find_date_order<T: TableRow>(path: &Path, head: &[u8], options: ReadOptions) -> DateOrder {
    let input = Peeked::new(head, HEAD_BYTES);
    let Ok(mut table) = Table::<T, &[u8]>::read_peeked(path, input, options) else {
        return DateOrder::Unknown;
    };
    let mut orders = Vec::new();
    while let Some(parsed) = table.next_row() {
        orders.extend(parsed.reasons.iter().filter_map(Reason::date_order));
    }
    let has = |order| orders.contains(&order);
    match (has(DateOrder::DayFirst), has(DateOrder::MonthFirst)) {
        (true, false) => DateOrder::DayFirst,
        (false, true) => DateOrder::MonthFirst,
        _ => DateOrder::Unknown,
    }
}

/// The error of a table whose first line, `header`, lacks a column.
fn unusable_header<T: TableRow>(
    path: &Path,
    head: &[u8],
    header: &Header,
    missing: &MissingColumn,
    separator: Option<u8>,
) -> FileError {
    let (file, found) = (path.to_owned(), header.names().to_vec());
    let is_header = |line: &&[u8]| {
        let Ok(Some((_, record))) = RecordReader::open(*line, separator) else { return false };
        let columns = T::columns(&Header::new(&record, header.context));
        matches!(columns, Ok(_) | Err(MissingColumn::Day))
    };
    let mut lines = head.split_inclusive(|byte| *byte == b'\n').take(MAX_LINES_ABOVE_HEADER);
    let is_value = |name: &String| {
        parse_timestamp(name, DateOrder::DayFirst).is_ok() || name.parse::<f64>().is_ok()
    };
    let what = if let Some(what) = describe_columns(header) {
        what.to_owned()
    } else if let Some(above) = lines.position(|line| is_header(&line)).filter(|above| *above > 0) {
        format!("a table whose header is on line {}: remove the lines above it", above + 1)
    } else if found.iter().any(is_value) {
        "a table without a header: its first line is a row; add a line with the names of the \
         columns"
            .to_owned()
    } else {
        return match missing {
            MissingColumn::Named(column) => FileError::MissingColumn { file, column, found },
            MissingColumn::Day => FileError::NoDay { file, found },
        };
    };
    FileError::Unusable { file, what }
}

/// The names of the columns of `header` that rows do not use.
pub(super) fn unused_columns<T: TableRow>(columns: &T::Columns, header: &Header) -> Vec<String> {
    let used = T::used(columns, header);
    let names = header.names().iter().enumerate();
    let is_unused = |(index, name): &(usize, &String)| !used.contains(index) && !name.is_empty();
    names.filter(is_unused).map(|(_, name)| name.clone()).collect()
}

/// The first `max_length` characters of `text`, and whether it was truncated.
pub fn truncate(text: &str, max_length: usize) -> (&str, bool) {
    match text.char_indices().nth(max_length) {
        Some((end, _)) => (&text[..end], true),
        None => (text, false),
    }
}
