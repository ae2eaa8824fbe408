//! Fuzz target: an image, as bytes or in a data URL.

use thumbnail::{MAX_PIXELS, ThumbnailSource, decode, extract_features, shrink};

/// The maximum size of a copy.
const MAX_COPY_BYTES: usize = 1024 * 1024;

/// Decodes the image and, within the pixel limit, extracts its features.
pub fn run(bytes: &[u8]) {
    decode_and_extract(bytes);
    if let Ok(ThumbnailSource::Inline(bytes)) =
        ThumbnailSource::parse(&String::from_utf8_lossy(bytes))
    {
        decode_and_extract(&bytes);
    }
}

fn decode_and_extract(bytes: &[u8]) {
    if let Ok(image) = decode(bytes) {
        let (width, height) = image.size();
        assert!(u64::from(width) * u64::from(height) <= MAX_PIXELS);
        extract_features(&image);
        assert!(shrink(bytes, MAX_COPY_BYTES).is_ok_and(|copy| copy.len() <= MAX_COPY_BYTES));
    }
}
