//! Channel files: a row has the id, handle or URL of a channel.

use ingest::{
    column_fit::truncate,
    files::{
        Fields, FileError, FileReader, Header, HeaderError, Input, IssueReporter, ReadOptions,
        Record, RowIssue, SEPARATORS, Table, TableRow,
    },
    progress::Progress,
};
use std::{
    io::{BufRead, Cursor, Read},
    path::Path,
};
use youtube::ChannelRef;

/// Names of columns with a channel. The first one is shown in messages.
const CHANNEL: [&str; 10] = [
    "channel_id",
    "handle",
    "channel_handle",
    "channel_url",
    "url",
    "link",
    "id",
    "채널 ID",
    "채널 URL",
    "channel",
];

const TITLE: [&str; 5] = ["title", "channel_title", "channel_name", "name", "채널 제목"];

/// The maximum size of a file without a header; the rest is not read.
const MAX_BYTES: u64 = 64 << 20;

/// The maximum length of an invalid value in a message, in characters.
const MAX_REPORTED: usize = 60;

type TableInMemory = Table<ChannelRow, Cursor<Vec<u8>>>;

/// A channel in a file.
pub(super) struct ChannelRow {
    pub channel: ChannelRef,
    pub title: Option<String>,
}

/// The rows of a file.
#[derive(Default)]
pub(super) struct ChannelFile {
    pub rows: Vec<ChannelRow>,
    /// The number of rejected rows.
    pub rejected: u64,
}

pub(super) struct Columns {
    /// The columns that can name the channel; the first filled one is used.
    channel: Vec<usize>,
    title: Option<usize>,
}

impl TableRow for ChannelRow {
    type Columns = Columns;

    fn find_columns(header: &Header) -> Result<Columns, HeaderError> {
        let channel: Vec<_> = CHANNEL.iter().filter_map(|name| header.find(&[name])).collect();
        if channel.is_empty() {
            return Err(HeaderError::MissingColumn(CHANNEL[0]));
        }
        Ok(Columns { channel, title: header.find(&TITLE) })
    }

    fn parse(
        columns: &Columns,
        header: &Header,
        record: &Record,
        repairs: &mut Vec<RowIssue>,
    ) -> Result<Option<Self>, RowIssue> {
        let fields = Fields::new(header, record)?;
        let is_filled = |column: &usize| !fields.is_missing(*column);
        let Some(column) = columns.channel.iter().copied().find(is_filled) else {
            return Err(RowIssue::Missing { field: header.name(columns.channel[0]).into() });
        };
        let text = fields.text(column);
        let channel = text.parse().map_err(|_| RowIssue::Id {
            column: header.name(column),
            value: truncate(text.trim(), MAX_REPORTED).0.to_owned(),
        })?;
        let title = columns.title.filter(is_filled);
        let title = title.map(|title| fields.line(title, repairs).trim().to_owned());
        Ok(Some(Self { channel, title }))
    }

    fn date_columns(_: &Columns) -> Vec<usize> {
        Vec::new()
    }

    fn has_observation_date(_: &Columns) -> bool {
        true
    }

    fn memory_bytes(&self) -> usize {
        self.title.as_ref().map_or(0, String::len)
    }
}

/// Reads a file, with or without a header. Invalid rows are reported with their line and
/// rejected.
pub(super) fn read(
    file: &Path,
    allow_empty: bool,
    progress: &dyn Progress,
) -> Result<ChannelFile, FileError> {
    let input = Input::prepare(file)?;
    let read = match Table::open(&input, ReadOptions::default()) {
        Ok(table) => read_rows(table, 0, file, progress)?,
        Err(error) => match open_without_header(&input)? {
            Some(table) => read_rows(table, 1, file, progress)?,
            None => return Err(error),
        },
    };
    if read.rows.is_empty() && read.rejected == 0 && !allow_empty {
        let what = "a file without channels: it has only a header".to_owned();
        return Err(FileError::Unusable { file: file.to_owned(), what });
    }
    Ok(read)
}

/// Reads rows. `added_lines` is the number of lines that were added before the first line of the
/// file.
fn read_rows<R: BufRead>(
    mut table: Table<ChannelRow, R>,
    added_lines: u64,
    file: &Path,
    progress: &dyn Progress,
) -> Result<ChannelFile, FileError> {
    let mut reporter = IssueReporter::new(progress, None)?;
    let mut rows = Vec::new();
    while let Some(parsed) = table.next_row() {
        if !parsed.issues.is_empty() {
            let (line, entry) = (parsed.line - added_lines, parsed.entry.as_deref());
            reporter.add(file, line, entry, &parsed.issues)?;
        }
        rows.extend(parsed.row);
    }
    reporter.finish()?;
    Ok(ChannelFile { rows, rejected: reporter.rejected })
}

/// Opens the file with an added header, if its first line has a channel.
fn open_without_header(input: &Input) -> Result<Option<TableInMemory>, FileError> {
    let unreadable = |source| FileError::Unreadable { file: input.name.clone(), source };
    let mut content = Vec::new();
    FileReader::open(input.path(), None)
        .and_then(|source| source.take(MAX_BYTES).read_to_end(&mut content))
        .map_err(unreadable)?;
    let content = content.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&content);
    let text = String::from_utf8_lossy(content);
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    // Not the most frequent separator, as in a header: a title can contain separators.
    let mut separators = SEPARATORS.into_iter().map(char::from);
    let separator = separators.find(|separator| first.contains(*separator)).unwrap_or(',');
    let cells: Vec<&str> =
        first.split(separator).map(|cell| cell.trim().trim_matches('"')).collect();
    let Some(channel) = cells.iter().position(|cell| cell.parse::<ChannelRef>().is_ok()) else {
        return Ok(None);
    };
    let mut header = vec![""; cells.len()];
    header[channel] = CHANNEL[0];
    let header = format!("{}\n", header.join(&separator.to_string()));
    let table = Cursor::new([header.as_bytes(), content].concat());
    Table::read(&input.name, table, ReadOptions::default()).map(Some)
}
