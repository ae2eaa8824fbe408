//! What a worker asks, and of whom.

mod address;
pub(crate) mod postgres;
pub(crate) mod thumbnails;
