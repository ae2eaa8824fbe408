//! The only code that writes videos, channels, keywords and their statistics: records from
//! files, the YouTube API or the demo generator are validated, stored as rows, completed by derived
//! columns, and indexed for search.
//!
//! | module | contents |
//! |---|---|
//! | [`files`] | CSV and JSON files, plain, gzip or ZIP, as typed rows |
//! | [`column_fit`] | the lengths of columns, and texts that fit them |
//! | [`observation`] | the state of a video or a channel at one time, from any source |
//! | [`import`] | observations to rows and derived columns: files, or batches of an [`import::Writer`] |
//! | [`seed`] | the demo generator |
//! | [`load`] | insertion of batches of rows |
//! | [`locks`] | keys of advisory locks in PostgreSQL |
//! | [`reindex`] | documents of the search index, from rows |
//! | [`rollup`] | tables that are computed from the rows |
//! | [`pending`] | derived columns and the index that an interrupted import has not updated |
//! | [`bootstrap`] | rows and the search index together: a new installation, an import |
//! | [`progress`] | messages and progress for the caller |
//!
//! There are two drivers: `tokio-postgres` writes rows because it supports `COPY`, and [`reindex`]
//! reads models with diesel as the services do. An advisory lock belongs to a connection, so both
//! drivers acquire locks.
//!
//! Public functions return boxed futures, so that calling crates do not compile them again.

pub mod bootstrap;
pub mod column_fit;
mod data_source;
pub mod files;
pub mod import;
pub mod load;
pub mod locks;
pub mod observation;
pub mod pending;
pub mod progress;
pub mod reindex;
pub mod rollup;
pub mod seed;
