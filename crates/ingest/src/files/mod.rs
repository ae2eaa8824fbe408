//! Typed rows of files (CSV, responses of the YouTube Data API, metadata of yt-dlp and other JSON),
//! and reports of invalid rows.

mod encoding;
mod error;
mod fields;
mod flatten;
mod garbled;
mod input;
mod json;
mod lines;
mod objects;
mod reader;
mod reason;
mod recognize;
mod record;
mod reports;
mod signature;
mod source;
mod table;
mod tags;
mod timestamp;
mod values;

pub use encoding::{TextEncoding, parse_encoding};
pub use error::FileError;
pub use fields::{Fields, Header, RowContext, YOUTUBE_START};
pub use input::Input;
pub use reason::Reason;
pub use recognize::Format;
pub use record::Record;
pub use reports::Reports;
pub use source::Source;
pub use table::{MissingColumn, Parsed, ReadOptions, Table, TableRow, truncate};
pub(crate) use tags::split_tags;
pub use timestamp::DateOrder;
pub(crate) use timestamp::day_in_name;
