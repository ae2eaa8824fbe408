//! The thumbnail of a planned video.
//!
//! It is an https URL or a data URL ([`ThumbnailSource`]); [`decode()`] decodes it within limits,
//! [`shrink()`] creates a smaller copy, and [`extract_features()`] computes its features. It opens
//! no connections.

mod decode;
mod features;
mod shrink;
mod source;

pub use decode::{DecodeError, DecodedImage, MAX_BYTES, MAX_PIXELS, decode};
pub use features::extract_features;
pub use shrink::shrink;
pub use source::{SourceError, ThumbnailSource};
