//! The service's statements: all of its data is in PostgreSQL.
//!
//! Statements that do not depend on each other are sent together: a shared connection
//! pipelines concurrent queries.

pub(crate) mod accounts;
pub(crate) mod known_subnets;
pub(crate) mod sessions;
pub(crate) mod throttle;
