//! Files with typed rows.

use super::{
    encoding::HEAD_BYTES,
    error::FileError,
    fields::{Header, RowContext},
    input::Input,
    json_rows::JsonRows,
    reader::{ReadRecord, RecordReader, has_trailing_separators},
    recognize::{Format, describe_columns, describe_text, is_json},
    record::Record,
    row_issue::RowIssue,
    source::{FileReader, Peeked},
    table_row::{HeaderError, ParsedRow, ReadOptions, TableRow, unused_columns},
    timestamp::{DateOrder, parse_timestamp},
};
use chrono::{DateTime, Utc};
use std::{io::BufRead, path::Path};

/// The number of lines that are searched for a header below other lines.
const MAX_LINES_ABOVE_HEADER: usize = 20;

/// An open file, positioned at its first row.
pub struct Table<T: TableRow, R = FileReader> {
    rows: Rows<T, R>,
}

enum Rows<T: TableRow, R> {
    Csv { header: Header, columns: T::Columns, records: RecordReader<Peeked<R>> },
    Json(JsonRows<T, R>),
}

impl<T: TableRow> Table<T> {
    /// Opens a file, plain or compressed, and reads its header.
    pub fn open(input: &Input, options: ReadOptions) -> Result<Self, FileError> {
        let file = &input.name;
        let unreadable = |source| FileError::Unreadable { file: file.clone(), source };
        let source = FileReader::open(input.path(), options.encoding).map_err(unreadable)?;
        if let Some(what) = source.binary_content() {
            return Err(FileError::Unusable { file: file.clone(), what: what.to_owned() });
        }
        let encoding = source.encoding();
        let context = RowContext {
            encoding: encoding.name(),
            is_converted: encoding.is_converted(),
            legacy_hint: encoding.legacy_hint(),
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

    fn source(&self) -> &FileReader {
        match &self.rows {
            Rows::Csv { records, .. } => records.input().input(),
            Rows::Json(rows) => rows.input(),
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
            return Ok(Self { rows: Rows::Json(JsonRows::open(path, input, options)?) });
        }
        let has_trailing = has_trailing_separators(input.head(), options.separator);
        let opened = RecordReader::open(input, options.separator);
        let opened = opened.map_err(|source| FileError::Unreadable { file: file(), source })?;
        let (mut records, header) = opened.ok_or_else(|| FileError::Empty { file: file() })?;
        records.has_trailing_separators = has_trailing;
        let header = Header::new(&header, options.context);
        let columns = T::find_columns(&header).map_err(|error| {
            let head = records.input().head();
            unusable_header::<T>(path, head, &header, error, options.separator)
        })?;
        Ok(Self { rows: Rows::Csv { header, columns, records } })
    }

    /// The format of the file.
    pub fn format(&self) -> Format {
        match &self.rows {
            Rows::Csv { .. } => Format::Csv,
            Rows::Json(rows) => rows.format(),
        }
    }

    /// The columns, or the keys of the first object, that rows do not use.
    pub fn unused_columns(&self) -> Vec<String> {
        match &self.rows {
            Rows::Csv { header, columns, .. } => unused_columns::<T>(columns, header),
            Rows::Json(rows) => rows.unused_keys(),
        }
    }

    /// Whether the first row has the time of observation.
    pub fn has_observation_date(&self) -> bool {
        match &self.rows {
            Rows::Csv { columns, .. } => T::has_observation_date(columns),
            Rows::Json(rows) => rows.has_observation_date(),
        }
    }

    /// The time of observation of rows without one.
    pub(crate) fn default_observation(&self) -> Option<DateTime<Utc>> {
        match &self.rows {
            Rows::Csv { header, .. } => header.context.observed,
            Rows::Json(rows) => rows.default_observation(),
        }
    }

    /// The number of `null` elements in JSON since the last call.
    pub(crate) fn take_nulls(&mut self) -> u64 {
        match &mut self.rows {
            Rows::Csv { .. } => 0,
            Rows::Json(rows) => rows.take_nulls(),
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
    pub(crate) fn date_order(&self) -> DateOrder {
        match &self.rows {
            Rows::Csv { header, .. } => header.context.date_order,
            Rows::Json(rows) => rows.date_order(),
        }
    }

    /// The names of columns that occur more than once.
    pub(crate) fn repeated_columns(&self) -> Vec<String> {
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

    /// The texts of the next record's dates; `None` at the end.
    fn next_dates(&mut self) -> Option<Vec<String>> {
        let (columns, record) = match &mut self.rows {
            Rows::Csv { columns, records, .. } => {
                let (_, found) = records.next(|_| false).ok()??;
                let (ReadRecord::Complete(record) | ReadRecord::Last(record)) = found else {
                    return Some(Vec::new());
                };
                (T::date_columns(columns), record)
            }
            Rows::Json(rows) => rows.next_dates()?,
        };
        let text = |column| String::from_utf8_lossy(record.column(column)).into_owned();
        Some(columns.into_iter().map(text).collect())
    }

    /// The next row; `None` at the end.
    pub fn next_row(&mut self) -> Option<ParsedRow<T>> {
        match &mut self.rows {
            Rows::Csv { header, columns, records } => next_record(header, columns, records),
            Rows::Json(rows) => rows.next_row(),
        }
    }
}

/// The next row of a CSV file. Rows of empty columns are ignored. A repeated header is too; it may
/// have the columns in another order.
fn next_record<T: TableRow, R: BufRead>(
    header: &mut Header,
    columns: &mut T::Columns,
    records: &mut RecordReader<R>,
) -> Option<ParsedRow<T>> {
    loop {
        let parse =
            |record: &Record, issues: &mut Vec<RowIssue>| T::parse(columns, header, record, issues);
        let next = records.next(|record| parse(record, &mut Vec::new()).is_ok());
        let (line, found) = match next {
            Ok(found) => found?,
            Err(error) => return Some(ParsedRow::unreadable(records.stop(), &error)),
        };
        let is_last = matches!(found, ReadRecord::Last(_));
        let (record, mut issues) = match found {
            ReadRecord::Complete(record) if record.is_empty() => continue,
            ReadRecord::Complete(record) | ReadRecord::Last(record) => (record, Vec::new()),
            ReadRecord::Truncated => {
                return Some(ParsedRow::invalid(line, RowIssue::TruncatedFile));
            }
            ReadRecord::OtherColumns(record) => {
                let other = Header::new(&record, header.context);
                if T::find_columns(&other).is_ok() || header.shares_names(&other) {
                    records.stop();
                    return Some(ParsedRow::invalid(line, RowIssue::OtherHeader));
                }
                let (found, expected) = (record.columns(), header.names().len());
                return Some(ParsedRow::invalid(line, RowIssue::Columns { found, expected }));
            }
            ReadRecord::Invalid(issue) => return Some(ParsedRow::invalid(line, issue)),
        };
        let issue = match parse(&record, &mut issues) {
            Ok(row) => {
                let last = header.names().len().saturating_sub(1);
                let may_be_cut = is_last && T::used_columns(columns, header).contains(&last);
                if may_be_cut && !record.column(last).is_empty() {
                    issues.push(RowIssue::UnterminatedRow { column: header.name(last) });
                }
                return Some(ParsedRow { line, entry: None, row, issues });
            }
            Err(issue) => issue,
        };
        let other = Header::new(&record, header.context);
        if other.has_same_names(header) {
            continue;
        }
        let found = T::find_columns(&other).ok();
        if other.is_reordered(header)
            && let Some(found) = found
        {
            (*header, *columns) = (other, found);
            continue;
        }
        if found.is_some() || header.shares_names(&other) {
            records.stop();
            return Some(ParsedRow::invalid(line, RowIssue::OtherHeader));
        }
        let is_cut = is_last && issue.column() == header.names().last().map(String::as_str);
        return Some(ParsedRow::invalid(
            line,
            if is_cut { RowIssue::TruncatedFile } else { issue },
        ));
    }
}

/// The order of day and month in dates such as `31/12/2025`, if a date in `head` shows it.
fn find_date_order<T: TableRow>(path: &Path, head: &[u8], options: ReadOptions) -> DateOrder {
    let input = Peeked::new(head, HEAD_BYTES);
    let Ok(mut table) = Table::<T, &[u8]>::read_peeked(path, input, options) else {
        return DateOrder::Unknown;
    };
    let mut orders = Vec::new();
    while let Some(dates) = table.next_dates() {
        orders.extend(dates.iter().filter_map(|date| DateOrder::of(date)));
    }
    let has = |order| orders.contains(&order);
    match (has(DateOrder::DayFirst), has(DateOrder::MonthFirst)) {
        (true, false) => DateOrder::DayFirst,
        (false, true) => DateOrder::MonthFirst,
        _ => DateOrder::Unknown,
    }
}

/// The error of a table whose first line, `header`, is not a usable header.
fn unusable_header<T: TableRow>(
    path: &Path,
    head: &[u8],
    header: &Header,
    error: HeaderError,
    separator: Option<u8>,
) -> FileError {
    let (file, found) = (path.to_owned(), header.names().to_vec());
    let is_header = |line: &&[u8]| {
        let Ok(Some((_, record))) = RecordReader::open(*line, separator) else { return false };
        let columns = T::find_columns(&Header::new(&record, header.context));
        matches!(columns, Ok(_) | Err(HeaderError::NoObservationDate))
    };
    let mut lines = head.split_inclusive(|byte| *byte == b'\n').take(MAX_LINES_ABOVE_HEADER);
    let is_value = |name: &String| {
        parse_timestamp(name, DateOrder::DayFirst).is_ok() || name.parse::<f64>().is_ok()
    };
    let what = if let Some(what) = describe_columns(header) {
        what.to_owned()
    } else if let Some(above) = lines.position(|line| is_header(&line)).filter(|above| *above > 0) {
        format!("a table whose header is on line {}: remove the lines above it", above + 1)
    } else if found.len() == 1 && found[0].matches(',').count() > 2 {
        "a table whose rows are one quoted column each: remove the quotes around the rows, or save \
         it again from the spreadsheet with the values in separate columns"
            .to_owned()
    } else if found.iter().any(is_value) {
        "a table without a header: its first line is a row; add a line with the names of the \
         columns"
            .to_owned()
    } else {
        return match error {
            HeaderError::MissingColumn(column) => FileError::MissingColumn { file, column, found },
            HeaderError::NoObservationDate => FileError::NoObservationDate { file, found },
            HeaderError::Ambiguous { field, columns } => {
                FileError::AmbiguousColumns { file, field, columns }
            }
        };
    };
    FileError::Unusable { file, what }
}
