//! Errors of rows.

/// An error of a row, or a repair.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// More or fewer columns than the header.
    #[error("{found} columns instead of {wanted}")]
    Columns {
        /// In this row.
        found: usize,
        /// In the header.
        wanted: usize,
    },
    /// A quote opens a column and is not closed before the next row starts.
    #[error("a quote is opened and never closed")]
    UnclosedQuote,
    /// A quoted column goes on after its closing quote.
    #[error("text after the closing quote of column {column}")]
    TextAfterQuote {
        /// The column's number, from 1.
        column: usize,
    },
    /// A line or a record is too long to be one.
    #[error("longer than 1 MiB")]
    TooLong,
    /// A text is not UTF-8.
    #[error("invalid UTF-8 in {column}")]
    NotUtf8 {
        /// The column's name.
        column: String,
    },
    /// A text has a NUL, which PostgreSQL cannot hold.
    #[error("a NUL byte in {column}")]
    Nul {
        /// The column's name.
        column: String,
    },
    /// An id, a number or a date is spread over several lines.
    #[error("a line break in {column}")]
    LineBreak {
        /// The column's name.
        column: String,
    },
    /// An id is empty, too long, or not one.
    #[error("{column} is not an id: {value:?}")]
    Id {
        /// The column's name.
        column: String,
        /// What stands there.
        value: String,
    },
    /// A number is not a whole one, is negative, or is too large.
    #[error("{column} is not a count: {value:?}")]
    Count {
        /// The column's name.
        column: String,
        /// What stands there.
        value: String,
    },
    /// A number is none, or is negative.
    #[error("{column} is not a number from 0 up: {value:?}")]
    Number {
        /// The column's name.
        column: String,
        /// What stands there.
        value: String,
    },
    /// A date or time is none.
    #[error("{column} is not a date: {value:?}")]
    Date {
        /// The column's name.
        column: String,
        /// What stands there.
        value: String,
    },
    /// The file cannot be read further.
    #[error("the rest of the file cannot be read: {0}")]
    Unreadable(String),
    /// Repaired: a tag is too long.
    #[error("a tag of {length} characters is skipped")]
    LongTag {
        /// Its length.
        length: usize,
    },
    /// Repaired: a text that should be one line is not.
    #[error("a line break in {column} becomes a space")]
    BrokenLine {
        /// The column's name.
        column: String,
    },
    /// Repaired: the file ends in the middle of its last text.
    #[error("the file ends before the quote is closed: the last text may be cut off")]
    CutOff,
}

impl Reason {
    /// The row was repaired and goes in.
    pub fn is_repaired(&self) -> bool {
        matches!(self, Self::LongTag { .. } | Self::BrokenLine { .. } | Self::CutOff)
    }

    /// The category under which it is counted.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Columns { .. } => "wrong number of columns",
            Self::UnclosedQuote => "quote never closed",
            Self::TextAfterQuote { .. } => "text after a closing quote",
            Self::TooLong => "longer than 1 MiB",
            Self::NotUtf8 { .. } => "invalid UTF-8",
            Self::Nul { .. } => "NUL byte",
            Self::LineBreak { .. } => "line break in an id, count or date",
            Self::Id { .. } => "not an id",
            Self::Count { .. } => "not a count",
            Self::Number { .. } => "not a number",
            Self::Date { .. } => "not a date",
            Self::Unreadable(_) => "file cannot be read further",
            Self::LongTag { .. } => "tag skipped (row imported)",
            Self::BrokenLine { .. } => "line break became a space (row imported)",
            Self::CutOff => "file cut off (row imported)",
        }
    }
}
