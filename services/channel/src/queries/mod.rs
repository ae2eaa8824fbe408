//! All I/O of the service.

pub(crate) mod freshness;
pub(crate) mod postgres;
pub(crate) mod profile;
pub(crate) mod series;
