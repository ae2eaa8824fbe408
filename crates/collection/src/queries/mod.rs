//! Statements on the tables of the collector.

pub(crate) mod channels;
pub mod quota;
pub mod sources;
pub mod status;
pub(crate) mod videos;
