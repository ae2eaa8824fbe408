//! The picture of a planned video.
//!
//! A client gives it as an https URL or inside a data URL ([`Source`]); [`decode()`] finds out
//! whether it is a picture, within bounds; [`shrink()`] makes a smaller
//! copy; [`describe()`] says what it looks like. Nothing here
//! opens a connection.

mod decode;
mod describe;
mod shrink;
mod source;

pub use decode::{MAX_BYTES, MAX_PIXELS, NotAPicture, Picture, decode};
pub use describe::{Description, describe};
pub use shrink::shrink;
pub use source::{Source, SourceError};
