//! JSON objects as typed rows.

use super::{
    error::FileError,
    fields::{Header, RowContext},
    flatten::{flatten, is_channel, object_format, skipped_keys},
    json::JsonReader,
    recognize::{Format, JSON_BY_KEY, describe_columns, describe_object},
    record::Record,
    row_issue::RowIssue,
    source::Peeked,
    table_row::{HeaderError, ParsedRow, ReadOptions, TableRow, unused_columns},
    timestamp::{DateError, DateOrder, parse_timestamp},
};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use std::{
    collections::VecDeque,
    io::{self, BufRead},
    path::Path,
};

/// The number of objects at the start of a file among which one must be usable as a row.
const MAX_FIRST_OBJECTS: usize = 100;

/// Describes arrays of values instead of objects.
const JSON_WITHOUT_NAMES: &str = "JSON of arrays without the names of columns: write an object for \
    each row, with pandas by `DataFrame.to_json(FILE, orient=\"records\")`";

/// The maximum number of keys in a message.
const MAX_KEYS: usize = 12;

/// Reads the objects of a file as rows.
pub(super) struct JsonRows<T: TableRow, R> {
    reader: JsonReader<Peeked<R>>,
    requested_format: Option<Format>,
    format: Format,
    context: RowContext,
    /// The fields of the last object.
    header: Option<(Header, T::Columns)>,
    /// The time of observation in the wrapper objects around the last object, as name and text,
    /// after the number of [`JsonReader::wrapper_changes`].
    wrapper_observation: (u64, Option<Field>),
    /// The first objects, up to one that can be a row. They were read to check the file.
    first: VecDeque<Element>,
}

/// The name and the text of a field.
type Field = (String, String);

/// A JSON value with its position.
struct Element {
    /// The position in the file, from 1.
    number: u64,
    line: u64,
    /// An error if it is not an object.
    object: Result<Map<String, Value>, RowIssue>,
    /// The time of observation in the wrapper objects around it.
    observation: Option<Field>,
}

impl<T: TableRow, R: BufRead> JsonRows<T, R> {
    /// Reads the first objects and checks that one of them can be a row.
    pub(super) fn open(
        path: &Path,
        input: Peeked<R>,
        options: ReadOptions,
    ) -> Result<Self, FileError> {
        let context = RowContext { has_optional_fields: true, ..options.context };
        let (requested_format, format) =
            (options.format, options.format.unwrap_or(Format::JsonRows));
        let reader = JsonReader::new(input);
        let mut rows = Self {
            reader,
            requested_format,
            format,
            context,
            header: None,
            wrapper_observation: (0, None),
            first: VecDeque::new(),
        };
        let mut first_error = None;
        while rows.first.len() < MAX_FIRST_OBJECTS {
            let element = match rows.read_element() {
                Ok(Some(element)) => element,
                Err(source) if first_error.is_none() => {
                    return Err(FileError::Unreadable { file: path.to_owned(), source });
                }
                Ok(None) | Err(_) => break,
            };
            let header = rows.find_header(path, &element);
            rows.first.push_back(element);
            match header {
                Ok(header) => {
                    rows.header = Some(header);
                    return Ok(rows);
                }
                // The missing day is more useful to report than the missing id of an earlier object.
                Err(error @ FileError::NoObservationDate { .. }) => {
                    let is_known = matches!(first_error, Some(FileError::NoObservationDate { .. }));
                    first_error = first_error.filter(|_| is_known).or(Some(error));
                }
                Err(error) => first_error = first_error.or(Some(error)),
            }
        }
        Err(first_error.unwrap_or_else(|| {
            let what = "JSON without a row: its list is empty".to_owned();
            FileError::Unusable { file: path.to_owned(), what }
        }))
    }

    /// Sets the format to the format of an element, and returns its fields, if it can be a row.
    fn find_header(
        &mut self,
        path: &Path,
        element: &Element,
    ) -> Result<(Header, T::Columns), FileError> {
        let unusable = |what| FileError::Unusable { file: path.to_owned(), what };
        let object = element.object.as_ref().map_err(|issue| match issue {
            RowIssue::NoNames => unusable(JSON_WITHOUT_NAMES.to_owned()),
            issue => unusable(format!("not a JSON list of rows (line {}: {issue})", element.line)),
        })?;
        if let Some(what) = describe_object(object) {
            return Err(unusable(what));
        }
        self.format = self.requested_format.unwrap_or_else(|| object_format(object));
        let (header, _) = self.split(object.clone(), element.observation.clone());
        let is_first = self.first.is_empty();
        let columns = T::find_columns(&header).map_err(|error| match error {
            HeaderError::MissingColumn(column) => {
                let what = describe_columns(&header).map(str::to_owned);
                let what = what.or_else(|| describe_tables(object).filter(|_| is_first));
                unusable(what.unwrap_or_else(|| describe_keys(object, column)))
            }
            HeaderError::NoObservationDate => FileError::NoObservationDate {
                file: path.to_owned(),
                found: header.names().to_vec(),
            },
            HeaderError::Ambiguous { field, columns } => {
                FileError::AmbiguousColumns { file: path.to_owned(), field, columns }
            }
        })?;
        Ok((header, columns))
    }

    fn next_element(&mut self) -> io::Result<Option<Element>> {
        match self.first.pop_front() {
            None => self.read_element(),
            element => Ok(element),
        }
    }

    fn read_element(&mut self) -> io::Result<Option<Element>> {
        let next = self.reader.next()?;
        let number = self.reader.element();
        let observation = self.find_wrapper_observation();
        Ok(next.map(|(line, object)| Element {
            number,
            line,
            object: object.map(unwrap_source),
            observation,
        }))
    }

    /// The time of observation in the wrapper objects around the last element, such as
    /// `fetched_at` beside `items`. Other texts in such fields are ignored.
    fn find_wrapper_observation(&mut self) -> Option<Field> {
        let changes = self.reader.wrapper_changes();
        if self.wrapper_observation.0 != changes {
            let order = self.context.date_order;
            let find = |object: &Map<String, Value>| {
                let fields = flatten(object.clone(), Format::JsonRows);
                let (header, _) = self.to_record(&fields);
                let field = fields.into_iter().nth(T::find_observation(&header)?)?;
                let is_date = !matches!(parse_timestamp(&field.1, order), Err(DateError::Invalid));
                is_date.then_some(field)
            };
            self.wrapper_observation = (changes, self.reader.enclosing_fields().find_map(find));
        }
        self.wrapper_observation.1.clone()
    }

    pub(super) fn input(&self) -> &R {
        self.reader.input().input()
    }

    pub(super) fn format(&self) -> Format {
        self.format
    }

    pub(super) fn default_observation(&self) -> Option<DateTime<Utc>> {
        self.context.observed
    }

    pub(super) fn date_order(&self) -> DateOrder {
        self.context.date_order
    }

    /// Whether the last object has the time of observation.
    pub(super) fn has_observation_date(&self) -> bool {
        self.header.as_ref().is_some_and(|(_, columns)| T::has_observation_date(columns))
    }

    /// The keys of the first usable object that rows do not use, before it is returned.
    pub(super) fn unused_keys(&self) -> Vec<String> {
        let object = self.first.back().and_then(|element| element.object.as_ref().ok());
        let skipped = object.into_iter().flat_map(|object| skipped_keys(object, self.format));
        let unused =
            self.header.iter().flat_map(|(header, columns)| unused_columns::<T>(columns, header));
        let mut keys: Vec<_> = unused.chain(skipped).collect();
        keys.sort_unstable();
        keys
    }

    pub(super) fn take_nulls(&mut self) -> u64 {
        self.reader.take_nulls()
    }

    /// The fields of an object; `observation` is added to an object without a time of observation.
    fn split(&self, object: Map<String, Value>, observation: Option<Field>) -> (Header, Record) {
        let format = self.requested_format.unwrap_or_else(|| object_format(&object));
        let mut fields = flatten(object, format);
        let (header, record) = self.to_record(&fields);
        let Some(observation) = observation.filter(|_| T::find_observation(&header).is_none())
        else {
            return (header, record);
        };
        fields.push(observation);
        self.to_record(&fields)
    }

    fn to_record(&self, fields: &[Field]) -> (Header, Record) {
        let names = Record::of(fields.iter().map(|(name, _)| name.as_str()));
        let record = Record::of(fields.iter().map(|(_, text)| text.as_str()));
        (Header::new(&names, self.context), record)
    }

    /// The columns with dates of the next object, and its record. No columns if the object is not a
    /// row; `None` at the end.
    pub(super) fn next_dates(&mut self) -> Option<(Vec<usize>, Record)> {
        let Element { object, observation, .. } = self.next_element().ok()??;
        let (header, record) = self.split(object.unwrap_or_default(), observation);
        let columns = T::find_columns(&header);
        Some((columns.map_or_else(|_| Vec::new(), |columns| T::date_columns(&columns)), record))
    }

    pub(super) fn next_row(&mut self) -> Option<ParsedRow<T>> {
        let Element { number, line, object, observation } = match self.next_element() {
            Ok(found) => found?,
            Err(error) => return Some(ParsedRow::unreadable(self.reader.stop(), &error)),
        };
        let id = object.as_ref().ok().and_then(find_id).map(str::to_owned);
        let mut issues = Vec::new();
        let row = object.and_then(|object| self.parse(object, observation, &mut issues));
        let row = row.map_err(|issue| issues = vec![issue]).ok().flatten();
        let entry = (!issues.is_empty()).then(|| {
            let id = id.map(|id| format!(", id {id:?}")).unwrap_or_default();
            format!("element {number}{id}")
        });
        Some(ParsedRow { line, entry, row, issues })
    }

    fn parse(
        &mut self,
        object: Map<String, Value>,
        observation: Option<Field>,
        issues: &mut Vec<RowIssue>,
    ) -> Result<Option<T>, RowIssue> {
        if let Some(what) = describe_object(&object) {
            return Err(RowIssue::OtherObject(what));
        }
        let missing_part = match ["snippet", "statistics"].map(|part| object.contains_key(part)) {
            [true, false] => Some("statistics (part=snippet,statistics)"),
            [false, true] => Some("snippet (part=snippet,statistics)"),
            _ => None,
        };
        let (header, record) = self.split(object, observation);
        let is_known =
            self.header.as_ref().is_some_and(|(known, _)| known.names() == header.names());
        if !is_known {
            let columns = T::find_columns(&header).map_err(|error| match error {
                HeaderError::MissingColumn(field) => RowIssue::Missing { field: field.into() },
                HeaderError::NoObservationDate => {
                    RowIssue::Missing { field: "the day of observation".into() }
                }
                HeaderError::Ambiguous { field, columns } => {
                    RowIssue::AmbiguousColumns { field, columns }
                }
            })?;
            self.header = Some((header, columns));
        }
        match &self.header {
            Some((header, columns)) => T::parse(columns, header, &record, issues),
            None => Ok(None),
        }
        .map_err(|issue| match (issue, missing_part) {
            (RowIssue::Missing { .. }, Some(part)) => RowIssue::Missing { field: part.into() },
            (issue, _) => issue,
        })
    }
}

/// The id of an object, for messages.
fn find_id(object: &Map<String, Value>) -> Option<&str> {
    const MAX_ID_BYTES: usize = 60;
    let id = ["id", "video_id", "videoId", "channelId", "channel_id"]
        .iter()
        .find_map(|key| object.get(*key)?.as_str())?;
    (id.len() <= MAX_ID_BYTES).then_some(id)
}

/// The document of a search hit of Elasticsearch.
fn unwrap_source(mut object: Map<String, Value>) -> Map<String, Value> {
    let is_hit = object.contains_key("_id") && object.get("_source").is_some_and(Value::is_object);
    match object.remove("_source").filter(|_| is_hit) {
        Some(Value::Object(source)) => source,
        _ => object,
    }
}

/// Describes an object of several objects with the same keys: tables by column, or rows by id.
fn describe_tables(object: &Map<String, Value>) -> Option<String> {
    let keys = |value: &Value| value.as_object().map(|object| object.keys().cloned().collect());
    let tables: Option<Vec<Vec<String>>> = object.values().map(keys).collect();
    let tables = tables.filter(|tables| tables.len() > 1 && !tables[0].is_empty())?;
    tables.iter().all(|keys| *keys == tables[0]).then(|| JSON_BY_KEY.to_owned())
}

/// Describes JSON whose first object has no id.
fn describe_keys(object: &Map<String, Value>, column: &str) -> String {
    if column == "video_id" && is_channel(object) {
        return "JSON of channels: import it as `--channels FILE`".to_owned();
    }
    let keys: Vec<&str> = object.keys().take(MAX_KEYS).map(String::as_str).collect();
    let more = if object.len() > MAX_KEYS { ", …" } else { "" };
    let found = if keys.is_empty() { "no keys".to_owned() } else { keys.join(", ") + more };
    format!(
        "JSON without {column}: its first object has {found}; rows are the elements of an array, \
         or of a list named items, entries, videos or data"
    )
}
