//! What the service asks, and of whom.

pub(crate) mod ai_server;
pub(crate) mod elastic;
pub(crate) mod postgres;
