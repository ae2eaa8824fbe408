//! The thumbnail of a planned video.
//!
//! It is an https URL or a data URL ([`Source`]); [`decode()`] decodes it within limits,
//! [`shrink()`] makes a smaller copy, and [`describe()`] computes features of the image. No
//! connections are opened here.

mod decode;
mod describe;
mod shrink;
mod source;

pub use decode::{MAX_BYTES, MAX_PIXELS, NotAPicture, Picture, decode};
pub use describe::{Description, describe};
pub use shrink::shrink;
pub use source::{Source, SourceError};
