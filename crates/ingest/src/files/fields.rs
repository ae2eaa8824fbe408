//! Typed values of the columns of a record.

use super::{reason::Reason, record::Record, timestamp::parse_timestamp};
use chrono::{DateTime, Utc};
use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The maximum length of an invalid value in a report.
const MAX_REPORTED_CHARACTERS: usize = 40;

/// The columns of a file.
#[derive(Debug, Clone)]
pub struct Header(Vec<String>);

impl Header {
    /// The columns that `record` names.
    pub fn new(record: &Record) -> Self {
        let name = |index| String::from_utf8_lossy(record.column(index)).trim().to_owned();
        Self((0..record.columns()).map(name).collect())
    }

    /// The position of the first column with one of these names.
    pub fn find(&self, names: &[&str]) -> Option<usize> {
        let position = |name: &&str| self.0.iter().position(|column| column == name);
        names.iter().find_map(position)
    }

    fn name(&self, column: usize) -> String {
        self.0.get(column).cloned().unwrap_or_default()
    }
}

/// A record with its header; all columns are UTF-8 without NUL.
pub struct Fields<'a> {
    header: &'a Header,
    texts: Vec<&'a str>,
}

impl<'a> Fields<'a> {
    /// Checks that every column is UTF-8 without NUL.
    pub fn new(header: &'a Header, record: &'a Record) -> Result<Self, Reason> {
        let text = |column: usize| {
            let text = str::from_utf8(record.column(column))
                .map_err(|_| Reason::NotUtf8 { column: header.name(column) })?;
            if text.contains('\0') {
                return Err(Reason::Nul { column: header.name(column) });
            }
            Ok(text)
        };
        let texts = (0..record.columns()).map(text).collect::<Result<_, _>>()?;
        Ok(Self { header, texts })
    }

    /// The text of a column, normalized (NFC).
    pub fn text(&self, column: usize) -> Cow<'a, str> {
        let text = self.raw(column);
        if is_nfc_quick(text.chars()) == IsNormalized::Yes {
            return Cow::Borrowed(text);
        }
        Cow::Owned(text.nfc().collect())
    }

    /// The text of a single-line column: line breaks become spaces and are reported.
    pub fn line(&self, column: usize, repaired: &mut Vec<Reason>) -> Cow<'a, str> {
        let text = self.text(column);
        if !has_line_break(&text) {
            return text;
        }
        repaired.push(Reason::BrokenLine { column: self.header.name(column) });
        Cow::Owned(text.replace("\r\n", " ").replace(['\r', '\n'], " "))
    }

    /// An id: printable characters without quotes, at most `max_length`.
    pub fn id(&self, column: usize, max_length: usize) -> Result<String, Reason> {
        let text = self.word(column)?;
        let usable = |character: char| {
            !character.is_whitespace() && !character.is_control() && character != '"'
        };
        // Spreadsheets replace an id that starts with a sign by "#NAME?".
        if text.is_empty()
            || text.chars().count() > max_length
            || !text.chars().all(usable)
            || text == "#NAME?"
        {
            let (column, value) = (self.header.name(column), excerpt(text));
            return Err(Reason::Id { column, value });
        }
        Ok(text.to_owned())
    }

    /// A count: digits, within `i64`.
    pub fn count(&self, column: usize) -> Result<i64, Reason> {
        let text = self.word(column)?;
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse().ok().filter(|_| digits);
        number
            .ok_or_else(|| Reason::Count { column: self.header.name(column), value: excerpt(text) })
    }

    /// A count, or none if the column is blank.
    pub fn optional_count(&self, column: usize) -> Result<Option<i64>, Reason> {
        if self.is_empty(column) { Ok(None) } else { self.count(column).map(Some) }
    }

    /// A finite number, at least 0.
    pub fn decimal(&self, column: usize) -> Result<f64, Reason> {
        let text = self.word(column)?;
        let number = text.parse().ok().filter(|number: &f64| number.is_finite() && *number >= 0.0);
        number.ok_or_else(|| Reason::Number {
            column: self.header.name(column),
            value: excerpt(text),
        })
    }

    /// A count that may be written as a decimal: `12.0` is 12.
    pub fn integer(&self, column: usize) -> Result<u64, Reason> {
        let number = self.decimal(column)?;
        // Integers up to 2^53 are exact.
        let usable = number.fract() == 0.0 && number < 9_007_199_254_740_992.0;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked")]
        if usable { Ok(number as u64) } else { Err(self.too_large(column)) }
    }

    /// A date or a time, in one of the formats of the data sets.
    pub fn timestamp(&self, column: usize) -> Result<DateTime<Utc>, Reason> {
        let text = self.word(column)?;
        parse_timestamp(text)
            .ok_or_else(|| Reason::Date { column: self.header.name(column), value: excerpt(text) })
    }

    /// Whether the column is blank.
    pub fn is_empty(&self, column: usize) -> bool {
        self.raw(column).trim().is_empty()
    }

    /// The error for a count that exceeds its column.
    pub fn too_large(&self, column: usize) -> Reason {
        Reason::Count { column: self.header.name(column), value: excerpt(self.raw(column)) }
    }

    fn raw(&self, column: usize) -> &'a str {
        self.texts.get(column).copied().unwrap_or_default()
    }

    fn word(&self, column: usize) -> Result<&'a str, Reason> {
        let text = self.raw(column);
        if has_line_break(text) {
            return Err(Reason::LineBreak { column: self.header.name(column) });
        }
        Ok(text.trim())
    }
}

fn has_line_break(text: &str) -> bool {
    text.contains(['\r', '\n'])
}

fn excerpt(text: &str) -> String {
    text.chars().take(MAX_REPORTED_CHARACTERS).collect()
}
