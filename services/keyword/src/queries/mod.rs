//! What the service asks, and of whom.

pub(crate) mod elastic;
