//! Typed rows of files (CSV, responses of the YouTube Data API, metadata of yt-dlp and other JSON),
//! and reports of rejected and repaired rows.

mod encoding;
mod error;
mod fields;
mod flatten;
mod input;
mod issue_reporter;
mod json;
mod json_rows;
mod korean;
mod legacy;
mod lines;
mod mojibake;
mod reader;
mod recognize;
mod record;
mod row_issue;
mod signature;
mod source;
mod table;
mod table_row;
mod tags;
mod timestamp;
mod values;

pub use encoding::{TextEncoding, parse_encoding};
pub use error::FileError;
pub(crate) use error::join_names;
pub use fields::{Fields, Header, RowContext, YOUTUBE_START};
pub use input::Input;
pub use issue_reporter::IssueReporter;
pub use reader::SEPARATORS;
pub(crate) use recognize::ANALYTICS_COLUMNS;
pub use recognize::Format;
pub use record::Record;
pub use row_issue::RowIssue;
pub(crate) use row_issue::ignore_invalid;
pub use source::FileReader;
pub use table::Table;
pub use table_row::{HeaderError, ParsedRow, ReadOptions, TableRow};
pub(crate) use tags::split_tags;
pub use timestamp::DateOrder;
pub(crate) use values::VIDEO_ID_LENGTH;
