//! Lists of the top keywords of each window.

use super::{
    counter::{CountsBySize, ListScope, WindowCounts},
    rate::{Count, RateRatio},
};
use common::channel_size::SizeRange;
use foldhash::HashMap;
use std::{cmp::Ordering, collections::BTreeMap, ops::Add};

/// Keywords per list.
const MAX_ENTRIES: usize = 200;

/// The minimum number of videos of a listed keyword.
pub(super) const MIN_VIDEOS: u32 = 5;

/// The minimum number of channels of a listed keyword.
const MIN_CHANNELS: u32 = 3;

/// The videos that a list counts.
pub(super) type ListKey = (ListScope, SizeRange);

/// A keyword of a list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct RankedKeyword {
    pub keyword: i32,
    pub counts: WindowCounts,
    /// `None` without active channels in the preceding windows.
    pub ratio: Option<RateRatio>,
}

/// The keywords of a list with their ranks, from 0.
#[derive(Debug, Default)]
pub(super) struct RankedList {
    pub entries: BTreeMap<i32, (RankedKeyword, Ranks)>,
    pub rising: usize,
    pub large: usize,
}

/// A list with the counts of its videos.
#[derive(Debug)]
pub(super) struct CountedList {
    pub key: ListKey,
    pub counts: WindowCounts,
    pub ranked: RankedList,
}

/// The ranks of a keyword in the two orders of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Ranks {
    pub rising: Option<usize>,
    pub large: Option<usize>,
}

#[derive(Default)]
struct Candidates {
    rising: Vec<RankedKeyword>,
    large: Vec<RankedKeyword>,
}

/// Ranks keywords, one after the other.
pub(super) struct Rankings {
    /// Videos and active channels of each list.
    activity: HashMap<ListKey, WindowCounts>,
    lists: HashMap<ListKey, Candidates>,
}

/// The counts of a scope by range of channel sizes: every range for all categories, and all channels
/// for one.
fn by_range(
    scope: ListScope,
    classes: &CountsBySize,
) -> impl Iterator<Item = (SizeRange, WindowCounts)> {
    let all = [SizeRange::ALL];
    let ranges =
        SizeRange::all_ranges().filter(move |range| scope.category == 0 || all.contains(range));
    ranges.map(|range| {
        let counts = range.classes().map_or(&classes[..], |range| &classes[range]);
        (range, counts.iter().copied().fold(WindowCounts::default(), WindowCounts::add))
    })
}

impl Rankings {
    /// `activity`: the counts of all videos.
    pub(super) fn new(activity: &HashMap<ListScope, CountsBySize>) -> Self {
        let lists = activity.iter().flat_map(|(scope, classes)| {
            by_range(*scope, classes).map(|(range, counts)| ((*scope, range), counts))
        });
        let with_videos = lists.filter(|(_, counts)| counts.videos > 0);
        Self { activity: with_videos.collect(), lists: HashMap::default() }
    }

    /// Adds the keyword to each list whose conditions it meets.
    pub(super) fn add(&mut self, keyword: i32, scopes: &HashMap<ListScope, CountsBySize>) {
        for (scope, classes) in scopes {
            let all = classes.iter().copied().fold(WindowCounts::default(), WindowCounts::add);
            if all.videos < MIN_VIDEOS || all.channels < MIN_CHANNELS {
                continue;
            }
            for (range, counts) in by_range(*scope, classes) {
                if is_listed(&counts) {
                    self.add_to((*scope, range), keyword, counts);
                }
            }
        }
    }

    fn add_to(&mut self, list: ListKey, keyword: i32, counts: WindowCounts) {
        let active = self.activity.get(&list).copied().unwrap_or_default();
        let ratio = RateRatio::new(
            Count { used: counts.channels, active: active.channels },
            Count { used: counts.previous_channels, active: active.previous_channels },
        );
        let entry = RankedKeyword { keyword, counts, ratio };
        let candidates = self.lists.entry(list).or_default();
        if ratio.is_some_and(|ratio| ratio.low > 1.0) {
            push(&mut candidates.rising, entry, more_rising);
        }
        push(&mut candidates.large, entry, larger);
    }

    /// All lists with videos, and the counts of their videos.
    pub(super) fn finish(mut self) -> Vec<CountedList> {
        let list = |(key, counts)| {
            let candidates = self.lists.remove(&key).unwrap_or_default();
            CountedList { key, counts, ranked: RankedList::new(candidates) }
        };
        self.activity.into_iter().map(list).collect()
    }
}

impl RankedList {
    fn new(mut candidates: Candidates) -> Self {
        let mut list = Self::default();
        truncate(&mut candidates.rising, more_rising);
        truncate(&mut candidates.large, larger);
        (list.rising, list.large) = (candidates.rising.len(), candidates.large.len());
        for (rank, entry) in candidates.rising.into_iter().enumerate() {
            let ranks = Ranks { rising: Some(rank), large: None };
            list.entries.insert(entry.keyword, (entry, ranks));
        }
        for (rank, entry) in candidates.large.into_iter().enumerate() {
            let known = list.entries.entry(entry.keyword).or_insert((entry, Ranks::default()));
            known.1.large = Some(rank);
        }
        list
    }
}

/// Whether enough videos and channels use the keyword, and no channel has more than half.
const fn is_listed(counts: &WindowCounts) -> bool {
    counts.videos >= MIN_VIDEOS
        && counts.channels >= MIN_CHANNELS
        && counts.max_channel_videos.saturating_mul(2) <= counts.videos
}

fn more_rising(one: &RankedKeyword, other: &RankedKeyword) -> Ordering {
    let low = |entry: &RankedKeyword| entry.ratio.map_or(0.0, |ratio| ratio.low);
    low(other).total_cmp(&low(one)).then_with(|| larger(one, other))
}

fn larger(one: &RankedKeyword, other: &RankedKeyword) -> Ordering {
    let size =
        |entry: &RankedKeyword| (entry.counts.channels, entry.counts.videos, entry.counts.views);
    size(other).cmp(&size(one)).then_with(|| one.keyword.cmp(&other.keyword))
}

/// Adds an entry. Drops the last entries once there are twice as many as needed.
fn push(
    entries: &mut Vec<RankedKeyword>,
    entry: RankedKeyword,
    order: fn(&RankedKeyword, &RankedKeyword) -> Ordering,
) {
    entries.push(entry);
    if entries.len() >= 2 * MAX_ENTRIES {
        truncate(entries, order);
    }
}

fn truncate(
    entries: &mut Vec<RankedKeyword>,
    order: fn(&RankedKeyword, &RankedKeyword) -> Ordering,
) {
    entries.sort_unstable_by(order);
    entries.truncate(MAX_ENTRIES);
}
