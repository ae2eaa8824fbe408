//! Deterministic random numbers.

use rand::{
    RngExt, SeedableRng,
    distr::{Distribution, weighted::WeightedIndex},
    rngs::ChaCha8Rng,
    seq::IndexedRandom,
};
use rand_distr::StandardNormal;

/// The seed; changing it changes all demo data.
const SEED: u64 = 20_261_122;

/// The random numbers of one channel or video, independent of all others.
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
        let mut rng = ChaCha8Rng::seed_from_u64(SEED);
        rng.set_stream(stream);
        Self(rng)
    }

    /// Uniform in `[0, 1)`.
    pub(super) fn unit(&mut self) -> f64 {
        self.0.random()
    }

    /// Uniform in `[low, high)`.
    pub(super) fn uniform(&mut self, low: f64, high: f64) -> f64 {
        self.0.random_range(low..high)
    }

    /// A uniform integer in `[0, end)`; 0 if `end` is 0.
    pub(super) fn below(&mut self, end: u32) -> u32 {
        self.0.random_range(0..end.max(1))
    }

    /// True with this probability.
    pub(super) fn chance(&mut self, probability: f64) -> bool {
        self.0.random_bool(probability)
    }

    /// Normally distributed with mean 0.
    pub(super) fn normal(&mut self, deviation: f64) -> f64 {
        self.0.sample::<f64, _>(StandardNormal) * deviation
    }

    /// A random item, uniformly distributed; empty if there are no items.
    pub(super) fn choose<'a>(&mut self, items: &'a [String]) -> &'a str {
        items.choose(&mut self.0).map_or("", String::as_str)
    }

    /// An index into `weights`, with a probability proportional to its weight; 0 if no weight is
    /// positive.
    pub(super) fn weighted_index(&mut self, weights: impl IntoIterator<Item = u32>) -> usize {
        WeightedIndex::<u32>::new(weights).map_or(0, |index| index.sample(&mut self.0))
    }
}
