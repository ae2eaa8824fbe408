//! Decoding images within limits.

use image::{
    ImageDecoder, ImageError, ImageReader, Limits, RgbImage, error::LimitErrorKind,
    metadata::Orientation,
};
use std::io::Cursor;

/// The maximum size of a file.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;

/// The maximum number of pixels: 4096 × 4096. YouTube shows 1280 × 720.
pub const MAX_PIXELS: u64 = 4096 * 4096;

/// The longest side, in pixels.
const MAX_SIDE: u32 = 8192;

/// The maximum allocation while decoding, in bytes: four channels of 16 bits per pixel.
const MAX_ALLOCATION: u64 = MAX_PIXELS * 8;

/// A decoded image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodedImage(pub(crate) RgbImage);

impl DecodedImage {
    /// Width and height, in pixels.
    pub fn size(&self) -> (u32, u32) {
        self.0.dimensions()
    }
}

/// A rejected image.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// Not JPEG, PNG or WebP.
    #[error("Upload a valid JPEG, PNG or WebP image.")]
    Format,
    /// Damaged data.
    #[error("The image cannot be decoded: it is damaged.")]
    Damaged,
    /// Too many pixels.
    #[error("The image has too many pixels: no more than 4096 x 4096.")]
    TooLarge,
}

/// Decodes a JPEG, PNG or WebP, detected by content; the first frame of an animation.
///
/// Takes up to a few hundred milliseconds of CPU and, for the largest, 200 MB: run it
/// on a blocking thread.
pub fn decode(bytes: &[u8]) -> Result<DecodedImage, DecodeError> {
    let (width, height) = reader(bytes)?.into_dimensions().map_err(reason)?;
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(DecodeError::TooLarge);
    }
    let decoded = reader(bytes)?.decode().map_err(reason)?;
    Ok(DecodedImage(decoded.into_rgb8()))
}

/// The EXIF orientation.
pub(crate) fn orientation(bytes: &[u8]) -> Result<Orientation, DecodeError> {
    reader(bytes)?.into_decoder().and_then(|mut decoder| decoder.orientation()).map_err(reason)
}

fn reader(bytes: &[u8]) -> Result<ImageReader<Cursor<&[u8]>>, DecodeError> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    // Reading from memory does not fail.
    let mut reader = reader.map_err(|_| DecodeError::Format)?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_ALLOCATION);
    reader.limits(limits);
    Ok(reader)
}

fn reason(error: ImageError) -> DecodeError {
    match error {
        ImageError::Unsupported(_) => DecodeError::Format,
        ImageError::Limits(limit) => match limit.kind() {
            LimitErrorKind::DimensionError | LimitErrorKind::InsufficientMemory => {
                DecodeError::TooLarge
            }
            _ => DecodeError::Damaged,
        },
        _ => DecodeError::Damaged,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{DynamicImage, ImageFormat};
    use proptest::prelude::*;

    fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(width, height).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn jpeg_png_and_webp_are_decoded() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let image = decode(&encoded(64, 36, format)).unwrap();
            assert_eq!(image.size(), (64, 36), "{format:?}");
        }
    }

    #[test]
    fn non_image_bytes_are_rejected() {
        for bytes in [&b""[..], b"GIF89a", b"<svg/>", b"text", &[0; 100]] {
            assert!(matches!(decode(bytes), Err(DecodeError::Format)), "{bytes:?}");
        }
    }

    #[test]
    fn truncated_image_is_damaged() {
        for format in [ImageFormat::Png, ImageFormat::WebP] {
            let whole = encoded(64, 36, format);
            let half = decode(&whole[..whole.len() / 2]);
            assert!(matches!(half, Err(DecodeError::Damaged)), "{format:?}: {half:?}");
        }
    }

    #[test]
    fn oversized_image_is_rejected_before_decoding() {
        for (width, height) in [(8192, 4096), (9000, 1), (1, 9000)] {
            let image = encoded(width, height, ImageFormat::Png);
            assert!(image.len() < 1_000_000);
            assert!(matches!(decode(&image), Err(DecodeError::TooLarge)), "{width} x {height}");
        }
    }

    proptest! {
        #[test]
        fn image_with_corrupted_byte_never_panics(
            at in any::<prop::sample::Index>(),
            byte in any::<u8>(),
            format in prop::sample::select(vec![ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP]),
        ) {
            let mut bytes = encoded(16, 9, format);
            let at = at.index(bytes.len());
            bytes[at] = byte;
            decode(&bytes).ok();
        }
    }
}
