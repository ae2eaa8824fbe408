//! Features of an image.

use crate::decode::DecodedImage;
use forecast::ThumbnailFeatures;
use image::{GrayImage, Luma, RgbImage, imageops};

/// The width to which images are scaled, in pixels.
const WIDTH: u32 = 320;

/// Computes the features of an image, scaled to a width of 320 pixels.
pub fn extract_features(image: &DecodedImage) -> ThumbnailFeatures {
    let image = scaled(&image.0);
    let luma = imageops::grayscale(&image);
    let light = Moments::of(luma.pixels().map(|Luma([value])| f64::from(*value) / 255.0));
    let laplacian = Moments::of(laplacian(&luma));
    ThumbnailFeatures {
        brightness: light.mean,
        contrast: light.variance.sqrt(),
        colorfulness: colorfulness(&image),
        sharpness: laplacian.variance,
    }
}

fn scaled(image: &RgbImage) -> RgbImage {
    let (width, height) = image.dimensions();
    let scaled = u64::from(height) * u64::from(WIDTH) / u64::from(width.max(1));
    // Bounds the height of very narrow images.
    let height = u32::try_from(scaled).unwrap_or(u32::MAX).clamp(1, 4 * WIDTH);
    imageops::thumbnail(image, WIDTH, height)
}

/// Mean and variance.
struct Moments {
    mean: f64,
    variance: f64,
}

impl Moments {
    /// Both are 0 without values.
    fn of(values: impl Iterator<Item = f64>) -> Self {
        let (mut count, mut sum, mut squares) = (0.0, 0.0, 0.0);
        for value in values {
            count += 1.0;
            sum += value;
            squares += value * value;
        }
        let count = f64::max(count, 1.0);
        let mean = sum / count;
        Self { mean, variance: (squares / count - mean * mean).max(0.0) }
    }
}

/// The four-neighbor Laplacian of every pixel that has four neighbors.
fn laplacian(luma: &GrayImage) -> impl Iterator<Item = f64> {
    let (width, height) = luma.dimensions();
    let value = |x: u32, y: u32| f64::from(luma.get_pixel(x, y).0[0]) / 255.0;
    (1..height.saturating_sub(1)).flat_map(move |y| {
        (1..width.saturating_sub(1)).map(move |x| {
            value(x - 1, y) + value(x + 1, y) + value(x, y - 1) + value(x, y + 1)
                - 4.0 * value(x, y)
        })
    })
}

/// M = σ + 0.3 μ of the opponent colors red − green and (red + green) / 2 − blue.
fn colorfulness(image: &RgbImage) -> f64 {
    let colors = || image.pixels().map(|pixel| pixel.0.map(|value| f64::from(value) / 255.0));
    let red_green = Moments::of(colors().map(|[red, green, _]| red - green));
    let yellow_blue =
        Moments::of(colors().map(|[red, green, blue]| f64::midpoint(red, green) - blue));
    let deviation = (red_green.variance + yellow_blue.variance).sqrt();
    deviation + 0.3 * red_green.mean.hypot(yellow_blue.mean)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgb;
    use proptest::prelude::*;

    fn features_of(
        width: u32,
        height: u32,
        pixel: impl Fn(u32, u32) -> [u8; 3],
    ) -> ThumbnailFeatures {
        let image = RgbImage::from_fn(width, height, |x, y| Rgb(pixel(x, y)));
        extract_features(&DecodedImage(image))
    }

    #[test]
    fn uniform_image_has_no_contrast_or_edges() {
        let white = features_of(640, 360, |_, _| [255; 3]);
        assert!((white.brightness - 1.0).abs() < 0.01, "{white:?}");
        assert!(white.contrast < 1e-6 && white.colorfulness < 1e-6 && white.sharpness < 1e-6);
        let black = features_of(640, 360, |_, _| [0; 3]);
        assert!(black.brightness < 1e-6);
    }

    #[test]
    fn red_is_colorful_and_stripes_are_sharp() {
        let red = features_of(320, 180, |_, _| [255, 0, 0]);
        assert!(red.colorfulness > 0.3, "{red:?}");
        let stripes = features_of(320, 180, |x, _| [if x % 2 == 0 { 0 } else { 255 }; 3]);
        assert!(stripes.sharpness > 1.0 && stripes.contrast > 0.45, "{stripes:?}");
        let halves = features_of(320, 180, |x, _| [if x < 160 { 0 } else { 255 }; 3]);
        assert!(halves.sharpness < stripes.sharpness / 10.0);
        assert!((halves.contrast - stripes.contrast).abs() < 0.05);
    }

    proptest! {
        #[test]
        fn every_image_has_finite_features(width in 1_u32..50, height in 1_u32..50, seed in any::<u8>()) {
            let noise = |x: u32, y: u32| [seed, x.to_le_bytes()[0].wrapping_mul(31), y.to_le_bytes()[0].wrapping_mul(17)];
            let found = features_of(width, height, noise);
            for value in [found.brightness, found.contrast, found.colorfulness, found.sharpness] {
                prop_assert!(value.is_finite() && value >= 0.0, "{:?}", found);
            }
            prop_assert!(found.brightness <= 1.0 && found.contrast <= 0.51);
        }
    }
}
