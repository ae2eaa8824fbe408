//! All I/O of the service.

pub(crate) mod best_times;
pub(crate) mod postgres;
pub(crate) mod rollup;
