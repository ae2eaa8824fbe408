//! Channel history from PostgreSQL, and pictures over HTTPS.

mod address;
pub(crate) mod postgres;
pub(crate) mod thumbnails;
