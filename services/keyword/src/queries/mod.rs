//! All I/O of the service.

pub(crate) mod elastic;
pub(crate) mod postgres;
