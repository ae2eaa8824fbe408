//! Statements in PostgreSQL. Independent statements run concurrently: a shared connection
//! pipelines them.

pub(crate) mod accounts;
pub(crate) mod api_keys;
pub(crate) mod attempts;
pub(crate) mod digest;
pub(crate) mod feeds;
pub(crate) mod known_addresses;
pub(crate) mod sessions;
pub(crate) mod watchlist;
