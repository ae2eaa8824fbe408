//! The thumbnail of a planned video.
//!
//! It is an https URL or a data URL ([`Source`]); [`decode()`] decodes it within limits, and
//! [`describe()`] computes features of the image. No connections are opened here.

mod decode;
mod describe;
mod source;

pub use decode::{MAX_BYTES, MAX_PIXELS, NotAPicture, Picture, decode};
pub use describe::{Description, describe};
pub use source::{Source, SourceError};
