//! Deterministic random numbers.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::f64::consts::TAU;

/// Changing it changes all demo data.
const SEED: u64 = 20_261_122;

/// The random numbers of one channel or one video, independent of all others.
pub(super) struct DemoRng(ChaCha8Rng);

impl DemoRng {
    /// The generator of a channel.
    pub(super) fn for_channel(number: u32) -> Self {
        Self::for_stream(u64::from(number) * 2)
    }

    /// The generator of a video.
    pub(super) fn for_video(number: u32) -> Self {
        Self::for_stream(u64::from(number) * 2 + 1)
    }

    fn for_stream(stream: u64) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(SEED);
        random.set_stream(stream);
        Self(random)
    }

    /// From 0 up to, but not, 1.
    pub(super) fn unit(&mut self) -> f64 {
        self.0.random()
    }

    /// From `low` up to, but not, `high`.
    pub(super) fn uniform(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// A whole number below `end`.
    pub(super) fn below(&mut self, end: u32) -> u32 {
        self.0.random_range(0..end.max(1))
    }

    /// True so often.
    pub(super) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// From the normal distribution around 0 (Box and Muller).
    pub(super) fn normal(&mut self, deviation: f64) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        radius * (TAU * self.unit()).cos() * deviation
    }

    /// One of `items`, each as likely as the others.
    pub(super) fn choose<'a>(&mut self, items: &'a [String]) -> &'a str {
        let place = self.below(u32::try_from(items.len()).unwrap_or(u32::MAX));
        items.get(place as usize).map_or("", String::as_str)
    }

    /// The place of one of `weights`, as likely as its weight.
    pub(super) fn weighted_index(&mut self, weights: impl Iterator<Item = u32> + Clone) -> usize {
        let mut left = self.below(weights.clone().sum());
        for (place, weight) in weights.enumerate() {
            if left < weight {
                return place;
            }
            left -= weight;
        }
        0
    }
}
