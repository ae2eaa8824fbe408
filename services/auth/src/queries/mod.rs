//! What the service asks, and of whom: all of it is in PostgreSQL.
//!
//! The statements of one step of a request are sent together: a shared connection pipelines
//! what is asked of it at the same time.

pub(crate) mod accounts;
pub(crate) mod sessions;
pub(crate) mod throttle;
