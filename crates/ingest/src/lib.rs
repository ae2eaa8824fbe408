//! The only code that writes videos, channels, keywords and their statistics: records from
//! CSV files or the demo generator are validated, stored as rows, completed by derived columns,
//! and indexed for search.
//!
//! | module | contents |
//! |---|---|
//! | [`files`] | CSV files, plain or gzip, as typed rows |
//! | [`import`] | files of the trending data set, to rows and derived columns |
//! | [`seed`] | the demo generator |
//! | [`load`] | batches of rows, into the tables |
//! | [`reindex`] | rows, to documents of the search index |
//! | [`start`] | what a new installation needs before its first request |

pub mod bootstrap;
pub mod files;
pub mod import;
pub mod load;
pub mod progress;
pub mod reindex;
pub mod seed;
