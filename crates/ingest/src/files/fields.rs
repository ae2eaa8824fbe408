//! Typed values of the columns of a record.

use super::{
    legacy,
    mojibake::detect_mojibake,
    record::Record,
    row_issue::RowIssue,
    timestamp::{DateError, DateOrder, parse_timestamp, parse_year_day_month},
    values::{CountError, is_id, is_url_of_other_page, parse_count, repair_id},
};
use crate::column_fit::to_nfc;
use chrono::{DateTime, NaiveDate, Utc};
use quick_xml::escape::unescape;
use std::borrow::Cow;

/// The day youtube.com was registered: no video is older.
pub const YOUTUBE_START: NaiveDate = match NaiveDate::from_ymd_opt(2005, 2, 14) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// The maximum length of an invalid value in a message.
const MAX_REPORTED_CHARACTERS: usize = 40;

/// Per-file context for parsing rows.
#[derive(Debug, Clone, Copy)]
pub struct RowContext {
    /// The time of observations without one.
    pub observed: Option<DateTime<Utc>>,
    /// The last day, in Seoul, that is not in the future.
    pub last_day: NaiveDate,
    /// The name of the encoding.
    pub encoding: &'static str,
    /// The text was converted to UTF-8, with replacement characters for invalid bytes.
    pub is_converted: bool,
    /// A hint at the encoding of texts that are not UTF-8; empty if it is unknown.
    pub legacy_hint: &'static str,
    /// Fields may be missing from the header, as in JSON objects: each row is checked instead.
    pub has_optional_fields: bool,
    /// The order of day and month in dates such as `31/12/2025`.
    pub date_order: DateOrder,
}

impl Default for RowContext {
    fn default() -> Self {
        Self {
            observed: None,
            last_day: NaiveDate::MAX,
            encoding: "UTF-8",
            is_converted: false,
            legacy_hint: "",
            has_optional_fields: false,
            date_order: DateOrder::Unknown,
        }
    }
}

/// The columns of a file, or the fields of a JSON object.
#[derive(Debug, Clone)]
pub struct Header {
    names: Vec<String>,
    normalized: Vec<String>,
    /// The column with dates as `17.14.11` (year, day, month): `trending_date` of Kaggle's data set
    /// of 2017.
    year_day_month: Option<usize>,
    /// The context for parsing its rows.
    pub context: RowContext,
}

impl Header {
    /// A header whose column names are the columns of `record`.
    pub fn new(record: &Record, context: RowContext) -> Self {
        let name = |index| String::from_utf8_lossy(record.column(index)).trim().to_owned();
        let names: Vec<String> = (0..record.columns()).map(name).collect();
        let normalized = names.iter().map(|name| normalize_name(name)).collect();
        let mut header = Self { names, normalized, year_day_month: None, context };
        let is_of_2017 = header.find(&["video_error_or_removed"]).is_some();
        header.year_day_month = header.find(&["trending_date"]).filter(|_| is_of_2017);
        header
    }

    /// The position of the first column with one of these names; case, `_`, `-` and spaces are
    /// ignored.
    pub fn find(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| {
            let name = normalize_name(name);
            self.normalized.iter().position(|column| *column == name)
        })
    }

    /// The positions of all columns with one of these names.
    pub(crate) fn find_all(&self, names: &[&str]) -> Vec<usize> {
        let names: Vec<String> = names.iter().map(|name| normalize_name(name)).collect();
        let columns = self.normalized.iter().enumerate();
        columns.filter(|(_, column)| names.contains(column)).map(|(index, _)| index).collect()
    }

    /// Whether another header has the same names in the same order.
    pub(super) fn has_same_names(&self, other: &Self) -> bool {
        self.normalized == other.normalized
    }

    /// Whether two columns of another header have names of this one: rows have other values.
    pub(super) fn shares_names(&self, other: &Self) -> bool {
        let is_shared = |name: &&String| !name.is_empty() && self.normalized.contains(name);
        other.normalized.iter().filter(is_shared).count() > 1
    }

    /// Whether another header has the same names in another order.
    pub(super) fn is_reordered(&self, other: &Self) -> bool {
        let sorted = |header: &Self| {
            let mut names = header.normalized.clone();
            names.sort_unstable();
            names
        };
        sorted(self) == sorted(other)
    }

    /// The names, as in the file.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The name of a column.
    pub fn name(&self, column: usize) -> String {
        self.names.get(column).cloned().unwrap_or_default()
    }
}

/// Lower case without `_`, `-`, spaces and the prefixes of flattened API responses.
fn normalize_name(name: &str) -> String {
    let name = ["snippet", "statistics", "contentDetails"]
        .iter()
        .find_map(|part| name.strip_prefix(part)?.strip_prefix(['.', '_']))
        .unwrap_or(name);
    let ignored = |character: &char| !matches!(character, '_' | '-' | ' ' | '\u{feff}');
    name.chars().filter(ignored).flat_map(char::to_lowercase).collect()
}

/// Whether a text marks a missing value.
pub(super) fn is_missing(text: &str) -> bool {
    const MARKERS: [&str; 13] = [
        "-",
        "--",
        "nan",
        "none",
        "null",
        "n/a",
        "na",
        "nat",
        "\\n",
        "<na>",
        "#n/a",
        "undefined",
        "[]",
    ];
    text.is_empty()
        || text == "{}"
        || text.len() <= 9 && MARKERS.iter().any(|marker| text.eq_ignore_ascii_case(marker))
}

/// A record with its header; all columns are valid text without NUL.
pub struct Fields<'a> {
    header: &'a Header,
    texts: Vec<&'a str>,
}

impl<'a> Fields<'a> {
    /// Checks that every column is valid text without NUL.
    pub fn new(header: &'a Header, record: &'a Record) -> Result<Self, RowIssue> {
        let context = &header.context;
        let text = |column: usize| {
            let bytes = record.column(column);
            let invalid = |hint| RowIssue::Encoding {
                column: header.name(column),
                encoding: context.encoding,
                hint,
            };
            let hint = || match context.legacy_hint {
                "" => legacy::hint(&[bytes]),
                hint => hint,
            };
            let text = str::from_utf8(bytes).map_err(|_| invalid(hint()))?;
            if context.is_converted && text.contains('\u{fffd}') {
                return Err(invalid(""));
            }
            if text.contains('\0') {
                return Err(RowIssue::Nul { column: header.name(column) });
            }
            Ok(text)
        };
        let texts = (0..record.columns()).map(text).collect::<Result<_, _>>()?;
        Ok(Self { header, texts })
    }

    /// The text of a column, normalized (NFC).
    pub fn text(&self, column: usize) -> Cow<'a, str> {
        to_nfc(self.raw(column))
    }

    /// The text of a single-line column: line breaks become spaces and are reported.
    pub fn line(&self, column: usize, issues: &mut Vec<RowIssue>) -> Cow<'a, str> {
        let text = self.text(column);
        if !has_line_break(&text) {
            return text;
        }
        issues.push(RowIssue::BrokenLine { column: self.header.name(column) });
        Cow::Owned(text.replace("\r\n", " ").replace(['\r', '\n'], " "))
    }

    /// The text of a title or a name: a line whose HTML entities, as `search.list` writes them, are
    /// decoded and reported.
    pub(crate) fn title(&self, column: usize, issues: &mut Vec<RowIssue>) -> Cow<'a, str> {
        let text = self.line(column, issues);
        let Some(decoded) = decode_entities(&text) else { return text };
        let (column, value) = (self.header.name(column), excerpt(&text));
        issues.push(RowIssue::HtmlEntities { column, value });
        Cow::Owned(decoded)
    }

    /// An id of YouTube, at most `max_length` characters. A URL or an apostrophe before it is
    /// repaired.
    pub fn id(
        &self,
        column: usize,
        max_length: usize,
        issues: &mut Vec<RowIssue>,
    ) -> Result<String, RowIssue> {
        let text = self.word(column)?;
        let id = repair_id(text);
        if !is_id(id) || id.len() > max_length {
            let (column, value) = (self.header.name(column), excerpt(text));
            return Err(RowIssue::Id { column, value });
        }
        if id != text {
            let (column, value) = (self.header.name(column), excerpt(text));
            issues.push(RowIssue::RepairedId { column, value, id: id.to_owned() });
        }
        Ok(id.to_owned())
    }

    /// Whether the column has the URL of a page that is not a video, such as a channel.
    pub(crate) fn is_url_of_other_page(&self, column: usize) -> bool {
        is_url_of_other_page(self.raw(column))
    }

    /// The issue of a value that is not `expected`.
    pub(crate) fn unknown_value(&self, column: usize, expected: &'static str) -> RowIssue {
        let (column, value) = (self.header.name(column), excerpt(self.raw(column).trim()));
        RowIssue::UnknownValue { column, expected, value }
    }

    /// Whether the column exists and is `true` or 1.
    pub(crate) fn is_true(&self, column: Option<usize>) -> bool {
        let text = column.map_or("", |column| self.raw(column).trim());
        text == "1" || text.eq_ignore_ascii_case("true")
    }

    /// Whether the column has a channel's handle or legacy name, or a URL with one, instead of its
    /// id.
    pub(crate) fn is_handle(&self, column: usize) -> bool {
        let text = self.raw(column).trim();
        text.starts_with('@') || ["/@", "/c/", "/user/"].iter().any(|part| text.contains(part))
    }

    /// A count: `1234567`, `1,234,567` or `1234567.0`, at most 10¹²; `12.000` is ambiguous.
    pub fn count(&self, column: usize) -> Result<i64, RowIssue> {
        let text = self.word(column)?;
        parse_count(text).map_err(|error| {
            let (column, value) = (self.header.name(column), excerpt(text));
            match error {
                CountError::Rounded => RowIssue::RoundedCount { column, value },
                CountError::TooLarge => RowIssue::LargeCount { column, value },
                CountError::Points => RowIssue::PointsInCount { column, value },
                CountError::NotANumber => RowIssue::Count { column, value },
            }
        })
    }

    /// A count; `None` if the column is blank or marked as missing.
    pub(crate) fn optional_count(&self, column: usize) -> Result<Option<i64>, RowIssue> {
        if self.is_missing(column) { Ok(None) } else { self.count(column).map(Some) }
    }

    /// A finite number, at least 0.
    pub fn decimal(&self, column: usize) -> Result<f64, RowIssue> {
        let text = self.word(column)?;
        let number = text.parse().ok().filter(|number: &f64| number.is_finite() && *number >= 0.0);
        number.ok_or_else(|| RowIssue::Number {
            column: self.header.name(column),
            value: excerpt(text),
        })
    }

    /// A count that may be written as a decimal: `12.0` is 12.
    pub fn integer(&self, column: usize) -> Result<u64, RowIssue> {
        let number = self.decimal(column)?;
        // Integers up to 2^53 are exact.
        let is_exact = number < 9_007_199_254_740_992.0;
        if number.fract() != 0.0 {
            let (column, value) = (self.header.name(column), excerpt(self.word(column)?));
            return Err(RowIssue::Count { column, value });
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked")]
        if is_exact { Ok(number as u64) } else { Err(self.too_large(column)) }
    }

    /// A date or a time, in any of the supported formats (`docs/DATA.md`).
    pub fn timestamp(&self, column: usize) -> Result<DateTime<Utc>, RowIssue> {
        let text = self.word(column)?;
        let text = text.strip_prefix('\'').unwrap_or(text);
        let is_year_day_month = self.header.year_day_month == Some(column);
        if let Some(time) = parse_year_day_month(text).filter(|_| is_year_day_month) {
            return Ok(time);
        }
        parse_timestamp(text, self.header.context.date_order).map_err(|error| {
            let (column, value) = (self.header.name(column), excerpt(text));
            match error {
                DateError::Order => RowIssue::DateOrder { column, value },
                DateError::Serial => RowIssue::SerialDate { column, value },
                DateError::ShortYear => RowIssue::ShortYear { column, value },
                DateError::Invalid => RowIssue::Date { column, value },
            }
        })
    }

    /// The publication time of a video: in the past, and not before [`YOUTUBE_START`].
    pub(crate) fn publication_time(&self, column: usize) -> Result<DateTime<Utc>, RowIssue> {
        let time = self.past_timestamp(column)?;
        if time.date_naive() < YOUTUBE_START {
            let (column, value) = (self.header.name(column), excerpt(self.raw(column)));
            return Err(RowIssue::BeforeYoutube { column, value });
        }
        Ok(time)
    }

    /// A warning if the text was decoded with the wrong encoding.
    pub(crate) fn find_mojibake(&self, column: usize) -> Option<RowIssue> {
        let text = self.raw(column);
        let cause = detect_mojibake(text)?;
        Some(RowIssue::Mojibake { column: self.header.name(column), value: excerpt(text), cause })
    }

    /// A date or a time that is not after [`RowContext::last_day`].
    pub(crate) fn past_timestamp(&self, column: usize) -> Result<DateTime<Utc>, RowIssue> {
        let time = self.timestamp(column)?;
        if common::time::seoul_day(time) > self.header.context.last_day {
            let (column, value) = (self.header.name(column), excerpt(self.raw(column)));
            return Err(RowIssue::Future { column, value });
        }
        Ok(time)
    }

    /// Whether the column is blank.
    pub fn is_empty(&self, column: usize) -> bool {
        self.raw(column).trim().is_empty()
    }

    /// Whether the column is blank or has a marker such as `NaN`, `null` or `-`.
    pub fn is_missing(&self, column: usize) -> bool {
        is_missing(self.raw(column).trim())
    }

    /// The error for a count that exceeds its column.
    pub(crate) fn too_large(&self, column: usize) -> RowIssue {
        RowIssue::LargeCount { column: self.header.name(column), value: excerpt(self.raw(column)) }
    }

    fn raw(&self, column: usize) -> &'a str {
        self.texts.get(column).copied().unwrap_or_default()
    }

    fn word(&self, column: usize) -> Result<&'a str, RowIssue> {
        let text = self.raw(column);
        if has_line_break(text) {
            return Err(RowIssue::LineBreak { column: self.header.name(column) });
        }
        Ok(text.trim())
    }
}

/// The text without HTML entities; `None` if it has none. A text with other uses of `&` is not escaped.
pub(super) fn decode_entities(text: &str) -> Option<String> {
    const ENTITIES: [&str; 6] = ["&amp;", "&#39;", "&quot;", "&lt;", "&gt;", "&#x27;"];
    let has_entity = text.contains('&') && ENTITIES.iter().any(|entity| text.contains(entity));
    has_entity.then(|| unescape(text).ok()).flatten().map(Cow::into_owned)
}

fn has_line_break(text: &str) -> bool {
    text.contains(['\r', '\n'])
}

fn excerpt(text: &str) -> String {
    text.chars().take(MAX_REPORTED_CHARACTERS).collect()
}
