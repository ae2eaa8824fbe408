//! Classes of channels by their number of subscribers.
//!
//! Lists for channels of a size are precomputed for every range of adjacent classes; a request is
//! answered for the nearest range.

use std::ops::RangeInclusive;

/// The lowest number of subscribers of each class but the first: half decades.
const EDGES: [i32; 8] = [1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000];

/// The number of classes.
pub const CLASS_COUNT: usize = EDGES.len() + 1;

/// Half a decade below the first edge and above the last: the distance of open ends.
const OPEN_ENDS: (f64, f64) = (300.0, 10_000_000.0);

/// The class of a channel, from 0; `None` if its number of subscribers is unknown (0).
pub fn class_of(subscribers: i32) -> Option<usize> {
    (subscribers > 0).then(|| EDGES.partition_point(|edge| *edge <= subscribers))
}

/// A range of adjacent classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SizeRange {
    /// First and last class; `None` for all channels, also of unknown size.
    classes: Option<(usize, usize)>,
}

impl SizeRange {
    /// All channels.
    pub const ALL: Self = Self { classes: None };

    /// All ranges of adjacent classes, each once.
    pub fn all_ranges() -> impl Iterator<Item = Self> {
        let from = |first| (first..CLASS_COUNT).map(move |last| Self::of(first, last));
        (0..CLASS_COUNT).flat_map(from).filter(|range| *range != Self::ALL).chain([Self::ALL])
    }

    const fn of(first: usize, last: usize) -> Self {
        if first == 0 && last == CLASS_COUNT - 1 {
            return Self::ALL;
        }
        Self { classes: Some((first, last)) }
    }

    /// The classes in it; `None` for all channels.
    pub fn classes(self) -> Option<RangeInclusive<usize>> {
        self.classes.map(|(first, last)| first..=last)
    }

    /// The lowest number of subscribers in it; `None` for all channels.
    pub fn lowest(self) -> Option<i32> {
        let (first, _) = self.classes?;
        Some(first.checked_sub(1).map_or(0, |edge| EDGES[edge]))
    }

    /// The lowest number of subscribers above it; `None` if it is open-ended.
    pub fn below(self) -> Option<i32> {
        EDGES.get(self.classes?.1).copied()
    }

    /// The range whose ends are nearest to these numbers of subscribers, on a logarithmic scale.
    pub fn nearest(min: Option<f64>, max: Option<f64>) -> Self {
        let first = min.map_or(0, |min| nearest_edge(min, OPEN_ENDS.0, 0));
        let end = max.map_or(CLASS_COUNT, |max| nearest_edge(max, OPEN_ENDS.1, CLASS_COUNT));
        let first = first.min(CLASS_COUNT - 1);
        Self::of(first, end.saturating_sub(1).max(first))
    }
}

/// The position of the nearest edge, from 1, or `open` if the open end is nearer.
fn nearest_edge(subscribers: f64, open_end: f64, open: usize) -> usize {
    let distance = |edge: f64| (edge / subscribers.max(1.0)).ln().abs();
    let edges = EDGES.iter().zip(1..).map(|(edge, position)| (distance((*edge).into()), position));
    let nearest = edges.chain([(distance(open_end), open)]);
    nearest.min_by(|one, other| one.0.total_cmp(&other.0)).map_or(open, |(_, position)| position)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(range: SizeRange) -> (Option<i32>, Option<i32>) {
        (range.lowest(), range.below())
    }

    #[test]
    fn class_of_channel_is_its_half_decade() {
        assert_eq!((class_of(0), class_of(-1)), (None, None));
        assert_eq!((class_of(1), class_of(999), class_of(1_000)), (Some(0), Some(0), Some(1)));
        assert_eq!((class_of(2_999_999), class_of(i32::MAX)), (Some(7), Some(8)));
    }

    #[test]
    fn every_range_of_adjacent_classes_exists_once() {
        let ranges: Vec<_> = SizeRange::all_ranges().collect();
        assert_eq!(ranges.len(), CLASS_COUNT * (CLASS_COUNT + 1) / 2);
        for (at, range) in ranges.iter().enumerate() {
            assert!(!ranges[..at].contains(range), "{range:?}");
        }
    }

    #[test]
    fn nearest_range_has_ends_on_edges() {
        let nearest = |min, max| ends(SizeRange::nearest(min, max));
        assert_eq!(nearest(Some(3_000.0), Some(30_000.0)), (Some(3_000), Some(30_000)));
        assert_eq!(nearest(Some(1_500.0), Some(15_000.0)), (Some(1_000), Some(10_000)));
        assert_eq!(nearest(None, Some(1_100.0)), (Some(0), Some(1_000)));
        assert_eq!(nearest(Some(900_000.0), None), (Some(1_000_000), None));
        assert_eq!(nearest(Some(30.0), Some(300.0)), (Some(0), Some(1_000)));
        assert_eq!(nearest(Some(1e9), Some(1e10)), (Some(3_000_000), None));
        assert_eq!(nearest(Some(0.0), None), (None, None));
        assert_eq!(nearest(None, None), (None, None));
    }

    #[test]
    fn nearest_range_of_adjacent_ends_is_not_empty() {
        let range = SizeRange::nearest(Some(10_000.0), Some(10_001.0));
        assert_eq!(ends(range), (Some(10_000), Some(30_000)));
        assert_eq!(range.classes(), Some(3..=3));
    }
}
