//! Queries that several services share.

pub mod outliers;
