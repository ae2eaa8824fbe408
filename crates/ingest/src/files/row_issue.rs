//! Errors and issues of rows.

mod kind;

use chrono::NaiveDate;
use std::borrow::Cow;

/// An error, a repair or a warning of a row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RowIssue {
    /// More or fewer columns than the header.
    #[error("{found} columns instead of {expected}")]
    Columns {
        /// Columns of this row.
        found: usize,
        /// Columns of the header.
        expected: usize,
    },
    /// A quote opens a column and is not closed before the next row starts.
    #[error("a quote is opened and never closed")]
    UnclosedQuote,
    /// Text follows the closing quote of a column.
    #[error("text after the closing quote of column {column}")]
    TextAfterQuote {
        /// Column number, from 1.
        column: usize,
    },
    /// A line or a record exceeds the size limit.
    #[error("longer than 1 MiB")]
    TooLong,
    /// Bytes that are invalid in the encoding of the file.
    #[error("invalid {encoding} in {column}{hint}")]
    Encoding {
        /// The column's name in the file.
        column: String,
        /// The encoding of the file.
        encoding: &'static str,
        /// The probable encoding, if it is recognized; otherwise empty.
        hint: &'static str,
    },
    /// A required field is missing or empty.
    #[error("{field} is missing")]
    Missing {
        /// The name of the field or column.
        field: Cow<'static, str>,
    },
    /// Not JSON, although it starts like an object.
    #[error("not valid JSON: {0}")]
    Json(String),
    /// JSON without names, as an array of values.
    #[error("not an object with names and values")]
    NoNames,
    /// A JSON object that is not a row, with a description.
    #[error("this is {0}")]
    OtherObject(String),
    /// A day later than tomorrow.
    #[error("{column} is in the future: {value:?}")]
    Future {
        /// The column's name in the file.
        column: String,
        /// The invalid value, at most 40 characters.
        value: String,
    },
    /// Observed long before the publication.
    #[error("observed on {observed}, before the publication on {published}")]
    BeforePublication {
        /// The day of the observation, in Seoul.
        observed: NaiveDate,
        /// The day of the publication, in Seoul.
        published: NaiveDate,
    },
    /// A NUL byte, which PostgreSQL cannot store.
    #[error("a NUL byte in {column}")]
    Nul {
        /// The column's name in the file.
        column: String,
    },
    /// A line break in an id, a number or a date.
    #[error("a line break in {column}")]
    LineBreak {
        /// The column's name in the file.
        column: String,
    },
    /// An empty, too long or invalid id.
    #[error("{column} is not an id: {value:?}")]
    Id {
        /// The column's name in the file.
        column: String,
        /// The invalid value, at most 40 characters.
        value: String,
    },
    /// A row number, as exports of databases have, instead of a video id.
    #[error("{column} is a number, not YouTube's id of a video: {value:?}")]
    NumericId {
        /// The column's name in the file.
        column: String,
        /// The invalid value, at most 40 characters.
        value: String,
    },
    /// An id of a video of another site, such as a UUID.
    #[error("{column} is not YouTube's id of a video, which has 11 characters: {value:?}")]
    OtherId {
        /// The column's name in the file.
        column: String,
        /// The invalid value, at most 40 characters.
        value: String,
    },
    /// A video of another site than YouTube, as yt-dlp names it.
    #[error("a video of {site:?}, not of YouTube")]
    OtherSite {
        /// The name of the site.
        site: String,
    },
    /// Not an integer, negative or too large.
    #[error("{column} is not a count: {value:?}")]
    Count {
        /// The column's name in the file.
        column: String,
        /// The invalid value, at most 40 characters.
        value: String,
    },
    /// A count in scientific notation.
    #[error("{column} is rounded by a spreadsheet: {value:?}")]
    RoundedCount {
        /// The column's name in the file.
        column: String,
        /// The invalid value, at most 40 characters.
        value: String,
    },
    /// A count such as `12.000`, which is 12 or 12,000.
    #[error(
        "{column} has a point that may separate thousands or decimals: {value:?}; write 12000 or \
         12,000"
    )]
    PointsInCount {
        /// The column's name in the file.
        column: String,
        /// The ambiguous value, at most 40 characters.
        value: String,
    },
    /// A count above the maximum, 10¹².
    #[error("{column} is implausibly large: {value:?}")]
    LargeCount {
        /// The column's name in the file.
        column: String,
        /// The invalid value, at most 40 characters.
        value: String,
    },
    /// Not a number, or negative.
    #[error("{column} is not a non-negative number: {value:?}")]
    Number {
        /// The column's name in the file.
        column: String,
        /// The invalid value, at most 40 characters.
        value: String,
    },
    /// A value of an optional column in an unknown form.
    #[error("{column} is not {expected}: {value:?}")]
    UnknownValue {
        /// The column's name in the file.
        column: String,
        /// The kind of values, with an article.
        expected: &'static str,
        /// The value, at most 40 characters.
        value: String,
    },
    /// Not a date or time.
    #[error("{column} is not a date: {value:?}")]
    Date {
        /// The column's name in the file.
        column: String,
        /// The invalid value, at most 40 characters.
        value: String,
    },
    /// A date such as `05/12/2025`, if no date of the file shows the order of day and month.
    #[error("{column} is an ambiguous date: day/month or month/day: {value:?}; write 2025-12-05")]
    DateOrder {
        /// The column's name in the file.
        column: String,
        /// The ambiguous value, at most 40 characters.
        value: String,
    },
    /// A date as a number of days since 1900.
    #[error(
        "{column} is the serial number of a date in a spreadsheet: {value:?}; write 2025-12-05"
    )]
    SerialDate {
        /// The column's name in the file.
        column: String,
        /// The number, at most 40 characters.
        value: String,
    },
    /// A date such as `26.06.05`.
    #[error("{column} has a year of two digits: {value:?}; write 2026-06-05")]
    ShortYear {
        /// The column's name in the file.
        column: String,
        /// The ambiguous value, at most 40 characters.
        value: String,
    },
    /// Published before [`YOUTUBE_START`](super::YOUTUBE_START).
    #[error("{column} is before 2005-02-14, when YouTube started: {value:?}")]
    BeforeYoutube {
        /// The column's name in the file.
        column: String,
        /// The invalid value, at most 40 characters.
        value: String,
    },
    /// Another header with other columns, as in joined files: the rest of the file is not read.
    #[error("another header with other columns starts here: import the rows below it as a file")]
    OtherHeader,
    /// An I/O error, often of a truncated archive: the rest of the file is not read.
    #[error("the rest of the file cannot be read: {0}")]
    Unreadable(String),
    /// Repaired: an id was a URL or had an apostrophe.
    #[error("{column}: {value:?} is read as {id:?}")]
    RepairedId {
        /// The column's name in the file.
        column: String,
        /// The text of the file.
        value: String,
        /// The id that was extracted from it.
        id: String,
    },
    /// Repaired: a tag that is too long is removed.
    #[error("a tag of {length} characters is removed")]
    LongTag {
        /// Length in characters.
        length: usize,
    },
    /// Repaired: a line break in a single-line text.
    #[error("a line break in {column} becomes a space")]
    BrokenLine {
        /// The column's name in the file.
        column: String,
    },
    /// Repaired: an invalid value of an optional column is ignored.
    #[error("{0}; the value is ignored")]
    Ignored(Box<Self>),
    /// The file ends inside a row.
    #[error("the file ends inside this row")]
    TruncatedFile,
    /// Warning: the file ends after this row without a line break.
    #[error(
        "the file ends without a line break: if it is truncated, {column} of the last row is incomplete"
    )]
    UnterminatedRow {
        /// The name of the last column in the file.
        column: String,
    },
    /// Two fields of a JSON object may be the same field of a row.
    #[error("{:?} and {:?} may both be {field}", .columns[0], .columns[1])]
    AmbiguousColumns {
        /// The field.
        field: &'static str,
        /// The names in the file.
        columns: [String; 2],
    },
    /// Repaired: HTML entities in a title or a name.
    #[error(
        "{column} has HTML entities, as in responses of search.list; they are decoded: {value:?}"
    )]
    HtmlEntities {
        /// The column's name in the file.
        column: String,
        /// The text of the file, at most 40 characters.
        value: String,
    },
    /// Warning: a video id whose length is not 11 characters.
    #[error("the id {id:?} does not have 11 characters as YouTube's have")]
    UnusualId {
        /// The id, which is imported.
        id: String,
    },
    /// Warning: the video has other counts in another row, and neither row states a day.
    #[error("the video {id:?} occurs more than once, with different views on the same day")]
    RepeatedVideo {
        /// The id of the video.
        id: String,
    },
    /// Warning: a title such as `#NAME?`, which a spreadsheet has replaced.
    #[error("{column} is an error of a spreadsheet: {value:?}")]
    SpreadsheetError {
        /// The column's name in the file.
        column: String,
        /// The text.
        value: String,
    },
    /// Warning: the columns may be swapped.
    #[error("there are more likes than views")]
    MoreLikesThanViews,
    /// Warning: a text was decoded with the wrong encoding (mojibake).
    #[error("{column} is garbled: {value:?} ({cause})")]
    Mojibake {
        /// The column's name in the file.
        column: String,
        /// The start of the text.
        value: String,
        /// The wrong conversion.
        cause: &'static str,
    },
}

impl RowIssue {
    /// Whether the row was repaired and is imported.
    pub fn is_row_imported(&self) -> bool {
        matches!(
            self,
            Self::LongTag { .. }
                | Self::BrokenLine { .. }
                | Self::RepairedId { .. }
                | Self::Ignored(_)
                | Self::HtmlEntities { .. }
        ) || self.is_warning()
    }

    /// Whether it is a warning, which is counted per file instead of reported per row.
    pub fn is_warning(&self) -> bool {
        matches!(
            self,
            Self::Mojibake { .. }
                | Self::UnusualId { .. }
                | Self::MoreLikesThanViews
                | Self::RepeatedVideo { .. }
                | Self::UnterminatedRow { .. }
                | Self::SpreadsheetError { .. }
        )
    }

    /// Whether a part of the file is missing.
    pub fn is_incomplete(&self) -> bool {
        matches!(self, Self::Unreadable(_) | Self::TruncatedFile | Self::OtherHeader)
    }

    /// The column with the invalid value.
    pub(super) fn column(&self) -> Option<&str> {
        match self {
            Self::Encoding { column, .. }
            | Self::Future { column, .. }
            | Self::Nul { column }
            | Self::LineBreak { column }
            | Self::Id { column, .. }
            | Self::NumericId { column, .. }
            | Self::OtherId { column, .. }
            | Self::UnknownValue { column, .. }
            | Self::Count { column, .. }
            | Self::RoundedCount { column, .. }
            | Self::PointsInCount { column, .. }
            | Self::LargeCount { column, .. }
            | Self::Number { column, .. }
            | Self::Date { column, .. }
            | Self::DateOrder { column, .. }
            | Self::SerialDate { column, .. }
            | Self::ShortYear { column, .. }
            | Self::BeforeYoutube { column, .. } => Some(column),
            Self::Missing { field } => Some(field),
            _ => None,
        }
    }
}

/// The value of an optional column; an invalid one is reported and ignored.
pub(crate) fn ignore_invalid<T>(
    value: Result<Option<T>, RowIssue>,
    issues: &mut Vec<RowIssue>,
) -> Option<T> {
    value.map_err(|issue| issues.push(RowIssue::Ignored(Box::new(issue)))).ok().flatten()
}
