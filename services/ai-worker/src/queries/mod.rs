//! Channel history from PostgreSQL, and thumbnails over HTTPS.

mod address;
pub(crate) mod postgres;
pub(crate) mod thumbnails;
