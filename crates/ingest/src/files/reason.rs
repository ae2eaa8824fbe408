//! Errors and repairs of rows.

/// An error of a row, or a repair.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
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
    /// Invalid UTF-8.
    #[error("invalid UTF-8 in {column}")]
    NotUtf8 {
        /// The column's name.
        column: String,
    },
    /// A NUL byte, which PostgreSQL cannot store.
    #[error("a NUL byte in {column}")]
    Nul {
        /// The column's name.
        column: String,
    },
    /// A line break in an id, a number or a date.
    #[error("a line break in {column}")]
    LineBreak {
        /// The column's name.
        column: String,
    },
    /// An empty, too long or invalid id.
    #[error("{column} is not an id: {value:?}")]
    Id {
        /// The column's name.
        column: String,
        /// The invalid value.
        value: String,
    },
    /// Not an integer, negative or too large.
    #[error("{column} is not a count: {value:?}")]
    Count {
        /// The column's name.
        column: String,
        /// The invalid value.
        value: String,
    },
    /// Not a number, or negative.
    #[error("{column} is not a non-negative number: {value:?}")]
    Number {
        /// The column's name.
        column: String,
        /// The invalid value.
        value: String,
    },
    /// Not a date or time.
    #[error("{column} is not a date: {value:?}")]
    Date {
        /// The column's name.
        column: String,
        /// The invalid value.
        value: String,
    },
    /// An I/O error: the rest of the file is skipped.
    #[error("the rest of the file cannot be read: {0}")]
    Unreadable(String),
    /// Repaired: a tag is too long.
    #[error("a tag of {length} characters is skipped")]
    LongTag {
        /// Length in characters.
        length: usize,
    },
    /// Repaired: a line break in a single-line text.
    #[error("a line break in {column} becomes a space")]
    BrokenLine {
        /// The column's name.
        column: String,
    },
    /// Repaired: the file ends inside a quoted column.
    #[error("the file ends before the quote is closed: the last text may be truncated")]
    TruncatedFile,
}

impl Reason {
    /// Whether the row was repaired and is imported.
    pub fn is_repaired(&self) -> bool {
        matches!(self, Self::LongTag { .. } | Self::BrokenLine { .. } | Self::TruncatedFile)
    }

    /// The category under which reports are counted.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Columns { .. } => "wrong number of columns",
            Self::UnclosedQuote => "unclosed quote",
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
            Self::TruncatedFile => "truncated file (row imported)",
        }
    }
}
