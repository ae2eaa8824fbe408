//! Smaller copies of images.

use crate::decode::{DecodeError, DecodedImage, decode, orientation};
use base64::{Engine, prelude::BASE64_STANDARD};
use image::{DynamicImage, RgbImage, codecs::jpeg::JpegEncoder, imageops};

/// The maximum number of pixels of a copy: the resolution of thumbnails on YouTube.
const MAX_COPY_PIXELS: f64 = 1280.0 * 720.0;

/// JPEG qualities, tried in this order. 85 is enough for all but noise; a data URL of
/// noise in all colors has 2 MB with 85, and 0.7 MB with 30.
const QUALITIES: [u8; 3] = [85, 60, 30];

/// A data URL with a JPEG copy of an image: at most 1280 × 720 pixels with the same aspect ratio,
/// oriented, without metadata, and up to `max_bytes` if that is at least 1 MB.
///
/// Takes as long as [`decode()`], and about 30 ms more.
pub fn shrink(bytes: &[u8], max_bytes: usize) -> Result<String, DecodeError> {
    let DecodedImage(image) = decode(bytes)?;
    let mut copy = DynamicImage::ImageRgb8(scaled(image));
    // Without readable metadata the orientation is unchanged.
    orientation(bytes).map(|orientation| copy.apply_orientation(orientation)).ok();
    let mut data_url = String::new();
    for quality in QUALITIES {
        data_url = encoded(&copy, quality)?;
        if data_url.len() <= max_bytes {
            break;
        }
    }
    Ok(data_url)
}

fn encoded(copy: &DynamicImage, quality: u8) -> Result<String, DecodeError> {
    let mut jpeg = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut jpeg, quality);
    // Writing to memory does not fail.
    copy.write_with_encoder(encoder).map_err(|_| DecodeError::Damaged)?;
    Ok(format!("data:image/jpeg;base64,{}", BASE64_STANDARD.encode(jpeg)))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sides of images are small and positive"
)]
fn scaled(image: RgbImage) -> RgbImage {
    let (width, height) = image.dimensions();
    let factor = (MAX_COPY_PIXELS / (f64::from(width) * f64::from(height))).sqrt();
    if factor >= 1.0 {
        return image;
    }
    let side = |length: u32| ((f64::from(length) * factor) as u32).max(1);
    imageops::thumbnail(&image, side(width), side(height))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ThumbnailSource, extract_features};
    use image::{ExtendedColorType, ImageEncoder, ImageFormat, Rgb};
    use std::io::Cursor;

    const MEGABYTE: usize = 1024 * 1024;

    fn encoded(image: &RgbImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    /// The decoded copy.
    fn copy(bytes: &[u8]) -> DecodedImage {
        let data_url = shrink(bytes, MEGABYTE).unwrap();
        assert!(data_url.len() <= MEGABYTE, "{} bytes", data_url.len());
        let Ok(ThumbnailSource::Inline(jpeg)) = ThumbnailSource::parse(&data_url) else {
            panic!("{data_url}")
        };
        assert_eq!(image::guess_format(&jpeg).unwrap(), ImageFormat::Jpeg);
        decode(&jpeg).unwrap()
    }

    /// An image with edges, gradients and colors, larger than a copy.
    fn photo() -> RgbImage {
        let byte = |value: u32| value.to_le_bytes()[0];
        RgbImage::from_fn(2600, 1500, |x, y| {
            let block = if (x / 200 + y / 200) % 2 == 0 { 40 } else { 220 };
            Rgb([byte((x % 240).abs_diff(120) + 60), block, byte(y / 6)])
        })
    }

    fn noise(width: u32, height: u32) -> RgbImage {
        let mut state = 1_u32;
        RgbImage::from_fn(width, height, |_, _| {
            Rgb([0; 3].map(|_: u8| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                state.to_be_bytes()[0]
            }))
        })
    }

    #[test]
    fn copy_of_large_image_keeps_aspect_ratio_and_features() {
        let bytes = encoded(&photo(), ImageFormat::Png);
        let copy = copy(&bytes);
        assert_eq!(copy.size(), (1263, 729));
        let (before, after) = (extract_features(&decode(&bytes).unwrap()), extract_features(&copy));
        for (before, after) in [
            (before.brightness, after.brightness),
            (before.contrast, after.contrast),
            (before.colorfulness, after.colorfulness),
            (before.sharpness, after.sharpness),
        ] {
            assert!((before - after).abs() < 0.02, "{before} {after}");
        }
    }

    #[test]
    fn copy_of_noise_fits_into_a_megabyte() {
        let copy = copy(&encoded(&noise(2000, 1600), ImageFormat::Png));
        assert_eq!(copy.size(), (1073, 858));
    }

    #[test]
    fn copy_of_small_image_is_not_enlarged() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let bytes = encoded(&noise(64, 36), format);
            assert_eq!(copy(&bytes).size(), (64, 36), "{format:?}");
        }
        assert_eq!(
            copy(&encoded(&RgbImage::new(8192, 1024), ImageFormat::Png)).size(),
            (2715, 339)
        );
        assert_eq!(copy(&encoded(&RgbImage::new(1, 8192), ImageFormat::Png)).size(), (1, 8192));
    }

    #[test]
    fn copy_is_oriented_by_exif() {
        let mut bytes = Vec::new();
        let mut encoder = JpegEncoder::new(&mut bytes);
        // TIFF, little-endian: one entry, orientation (0x112) 6, a quarter turn clockwise.
        let exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        encoder.set_exif_metadata(exif.to_vec()).unwrap();
        let image = noise(64, 36);
        encoder.write_image(image.as_raw(), 64, 36, ExtendedColorType::Rgb8).unwrap();
        assert_eq!(copy(&bytes).size(), (36, 64));
    }

    #[test]
    fn shrink_of_non_image_returns_format_error() {
        assert!(matches!(shrink(b"text", MEGABYTE), Err(DecodeError::Format)));
    }
}
