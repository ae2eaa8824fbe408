//! The thumbnail of a planned video.
//!
//! It is an https URL or a data URL ([`Source`]); [`decode()`] decodes it within limits,
//! [`shrink()`] creates a smaller copy, and [`describe()`] computes features of the image. It opens
//! no connections.

mod decode;
mod describe;
mod shrink;
mod source;

pub use decode::{DecodeError, MAX_BYTES, MAX_PIXELS, Picture, decode};
pub use describe::{Description, describe};
pub use shrink::shrink;
pub use source::{Source, SourceError};
