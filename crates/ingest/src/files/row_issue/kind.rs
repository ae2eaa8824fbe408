//! The kinds by which issues of rows are counted.

use super::RowIssue;

impl RowIssue {
    /// The kind by which issues are counted.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Columns { .. } => "wrong number of columns",
            Self::UnclosedQuote => "unclosed quote",
            Self::TextAfterQuote { .. } => "text after a closing quote",
            Self::TooLong => "longer than 1 MiB",
            Self::Encoding { .. } => "invalid encoding",
            Self::Missing { .. } => "missing value",
            Self::Json(_) => "not valid JSON",
            Self::Future { .. } => "date in the future",
            Self::BeforePublication { .. } => "observed before the publication",
            Self::RoundedCount { .. } => "count rounded by a spreadsheet",
            Self::PointsInCount { .. } => "points in counts",
            Self::LargeCount { .. } => "implausibly large count",
            Self::RepairedId { .. } => "id repaired (row imported)",
            Self::Nul { .. } => "NUL byte",
            Self::LineBreak { .. } => "line break in an id, count or date",
            Self::Id { .. } | Self::NumericId { .. } | Self::OtherId { .. } => "not an id",
            Self::OtherSite { .. } => "video of another site",
            Self::NoNames | Self::OtherObject(_) => "JSON that is not a row",
            Self::UnknownValue { .. } => "unknown value",
            Self::RepeatedVideo { .. } => "videos that occur more than once on a day",
            Self::SpreadsheetError { .. } => "errors of a spreadsheet",
            Self::Count { .. } => "not a count",
            Self::Number { .. } => "not a number",
            Self::Date { .. } => "not a date",
            Self::Unreadable(_) => "file cannot be read further",
            Self::LongTag { .. } => "tag removed (row imported)",
            Self::BrokenLine { .. } => "line break became a space (row imported)",
            Self::Ignored(_) => "optional value ignored (row imported)",
            Self::TruncatedFile => "file ends inside a row",
            Self::DateOrder { .. } => "day and month are ambiguous",
            Self::SerialDate { .. } => "serial number of a date",
            Self::ShortYear { .. } => "year of two digits",
            Self::BeforeYoutube { .. } => "published before YouTube started",
            Self::OtherHeader => "another header",
            Self::AmbiguousColumns { .. } => "ambiguous columns",
            Self::UnterminatedRow { .. } => "last rows without a line break",
            Self::HtmlEntities { .. } => "HTML entities decoded (row imported)",
            Self::Mojibake { .. } => "garbled texts",
            Self::UnusualId { .. } => "unusual ids of videos",
            Self::MoreLikesThanViews => "more likes than views",
        }
    }
}
