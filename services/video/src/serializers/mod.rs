//! Request bodies and response bodies.

pub(crate) mod detail;
pub(crate) mod forecast;
