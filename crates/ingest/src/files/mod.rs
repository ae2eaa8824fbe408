//! Typed rows of CSV files, plain or gzip, and reports of invalid rows.

mod error;
mod fields;
mod lines;
mod reader;
mod reason;
mod record;
mod reports;
mod source;
mod table;
mod timestamp;

pub use error::FileError;
pub use fields::{Fields, Header};
pub use reason::Reason;
pub use record::Record;
pub use reports::Reports;
pub use source::Source;
pub use table::{MissingColumn, Parsed, Table, TableRow, truncate};
