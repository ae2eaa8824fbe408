//! Channel history from PostgreSQL, and thumbnails over HTTPS.

pub(crate) mod postgres;
pub(crate) mod thumbnails;
