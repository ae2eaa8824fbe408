//! Random numbers that depend only on the seed and their purpose.

use rand::{RngExt, SeedableRng, distr::Distribution, rngs::ChaCha8Rng, seq::IndexedRandom};
use rand_distr::StandardNormal;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Purposes of random numbers; each has a separate stream.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stream {
    Channel,
    Upload,
    Text,
}

/// A generator for one channel or upload.
pub(super) struct Random(ChaCha8Rng);

impl Random {
    pub(super) fn new(seed: u64, stream: Stream, channel: u32, ordinal: u32) -> Self {
        Self(ChaCha8Rng::seed_from_u64(hash(seed, stream, channel, ordinal)))
    }

    /// Uniform in `[0, 1)`.
    pub(super) fn unit(&mut self) -> f64 {
        self.0.random()
    }

    /// Uniform in `[low, high)`.
    pub(super) fn uniform(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Uniform in `low..high`; `low` if that is empty.
    pub(super) fn integer(&mut self, low: i64, high: i64) -> i64 {
        if low < high { self.0.random_range(low..high) } else { low }
    }

    pub(super) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Normally distributed with mean 0.
    pub(super) fn normal(&mut self, deviation: f64) -> f64 {
        let value: f64 = StandardNormal.sample(&mut self.0);
        value * deviation
    }

    /// One of `items`, uniformly; an empty string without items.
    pub(super) fn choose<'a>(&mut self, items: &'a [String]) -> &'a str {
        items.choose(&mut self.0).map_or("", String::as_str)
    }

    /// An index into `weights`, with a probability proportional to its weight.
    pub(super) fn weighted_index(&mut self, weights: &[u32]) -> usize {
        let total: u32 = weights.iter().sum();
        let mut rest = self.unit() * f64::from(total);
        for (index, weight) in weights.iter().enumerate() {
            rest -= f64::from(*weight);
            if rest < 0.0 {
                return index;
            }
        }
        0
    }
}

/// A number for one channel or upload, cheaper than a generator.
pub(super) fn hash(seed: u64, stream: Stream, channel: u32, ordinal: u32) -> u64 {
    let mut bytes = [0; 9];
    bytes[0] = stream as u8;
    bytes[1..5].copy_from_slice(&channel.to_le_bytes());
    bytes[5..9].copy_from_slice(&ordinal.to_le_bytes());
    xxh3_64_with_seed(&bytes, seed)
}
