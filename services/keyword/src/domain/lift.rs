//! Keywords that are used together more often than by chance. `docs/METHODS.md` explains the formula.

use common::{keywords::keyword_key, search::TaggedVideo};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Minimum number of videos with both keywords.
const MIN_VIDEOS: u64 = 3;

/// Minimum number of channels of these videos: a channel repeats its own keywords.
const MIN_CHANNELS: usize = 2;

/// Maximum number of candidates, whose frequencies are read from PostgreSQL.
const MAX_CANDIDATES: usize = 200;

/// Weight of the prior, which expects independent keywords, in videos.
const PRIOR_WEIGHT: f64 = 10.0;

/// Maximum number of related keywords in a response.
const MAX_RELATED: usize = 30;

/// The keywords of the videos with a searched keyword.
#[derive(Debug, Default)]
pub(crate) struct Cooccurrences {
    /// Videos with the searched keyword.
    pub videos: u64,
    /// Videos and channels by key, at most [`MAX_CANDIDATES`].
    counts: BTreeMap<String, (u64, BTreeSet<i32>)>,
}

/// Numbers of keys. Each text is normalized once, because most tags occur in many videos.
#[derive(Debug, Default)]
struct KeyNumbers<'a> {
    by_tag: HashMap<&'a str, usize>,
    by_key: HashMap<String, usize>,
}

impl<'a> KeyNumbers<'a> {
    fn of_tag(&mut self, tag: &'a str) -> usize {
        *self.by_tag.entry(tag).or_insert_with(|| {
            let next = self.by_key.len();
            *self.by_key.entry(keyword_key(tag)).or_insert(next)
        })
    }
}

/// Whether a video has the keyword with the key `searched` itself, not only a longer one.
pub(crate) fn has_keyword(video: &TaggedVideo, searched: &str) -> bool {
    video.tags.keywords().any(|tag| keyword_key(tag) == searched)
}

impl Cooccurrences {
    /// Counts the keywords of those videos that have the keyword `searched` itself, not only a
    /// longer one.
    pub(crate) fn count(searched: &str, videos: &[TaggedVideo]) -> Self {
        let mut counted = Self::default();
        let mut numbers = KeyNumbers::default();
        let mut counts: Vec<(u64, BTreeSet<i32>)> = Vec::new();
        for video in videos {
            let keys: BTreeSet<usize> =
                video.tags.keywords().map(|tag| numbers.of_tag(tag)).collect();
            if !numbers.by_key.get(searched).is_some_and(|number| keys.contains(number)) {
                continue;
            }
            counted.videos += 1;
            counts.resize_with(numbers.by_key.len(), Default::default);
            for key in keys {
                counts[key].0 += 1;
                counts[key].1.extend(video.channel);
            }
        }
        for (key, number) in numbers.by_key {
            if !key.is_empty()
                && key != searched
                && let Some(count) = counts.get_mut(number)
            {
                counted.counts.insert(key, std::mem::take(count));
            }
        }
        let is_frequent = |_: &String, (videos, channels): &mut (u64, BTreeSet<i32>)| {
            *videos >= MIN_VIDEOS && channels.len() >= MIN_CHANNELS
        };
        counted.counts.retain(is_frequent);
        if counted.counts.len() > MAX_CANDIDATES {
            let mut videos: Vec<u64> = counted.counts.values().map(|(videos, _)| *videos).collect();
            videos.sort_unstable_by(|one, other| other.cmp(one));
            let least = videos[MAX_CANDIDATES - 1];
            counted.counts.retain(|_, (videos, _)| *videos >= least);
        }
        counted
    }

    /// The keys whose frequency in all videos is needed.
    pub(crate) fn keys(&self) -> Vec<&str> {
        self.counts.keys().map(String::as_str).collect()
    }
}

/// How often a keyword is used in all videos.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeywordFrequency {
    pub key: String,
    pub name: String,
    pub videos: i64,
}

/// A keyword that is used together with the searched one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RelatedKeyword {
    pub name: String,
    /// Number of videos of the sample with both keywords.
    pub cooccurrences: u64,
    pub channels: usize,
    /// The share of the sample that has it.
    pub share: f64,
    /// The share of all videos that have it.
    pub base_share: f64,
    /// `share` ÷ `base_share`, shrunk towards 1.
    pub lift: f64,
}

/// The keywords with a lift above 1, the highest first. `all_videos` is the number of videos in
/// which `frequencies` are counted.
pub(crate) fn rank_related(
    counted: &Cooccurrences,
    frequencies: Vec<KeywordFrequency>,
    all_videos: i64,
) -> Vec<RelatedKeyword> {
    let related = |keyword: KeywordFrequency| {
        let (cooccurrences, channels) = counted.counts.get(&keyword.key)?;
        // The counts of all videos may be older than the sample.
        let used = float(keyword.videos.unsigned_abs().max(*cooccurrences));
        let base_share = (used / float(all_videos.unsigned_abs()).max(used)).min(1.0);
        let (with_both, videos) = (float(*cooccurrences), float(counted.videos));
        let shrunk = (with_both + PRIOR_WEIGHT * base_share) / (videos + PRIOR_WEIGHT);
        Some(RelatedKeyword {
            name: keyword.name,
            cooccurrences: *cooccurrences,
            channels: channels.len(),
            share: with_both / videos,
            base_share,
            lift: shrunk / base_share,
        })
    };
    let mut related: Vec<RelatedKeyword> = frequencies.into_iter().filter_map(related).collect();
    related.retain(|keyword| keyword.lift > 1.0);
    related.sort_by(|one, other| {
        other.lift.total_cmp(&one.lift).then_with(|| one.name.cmp(&other.name))
    });
    related.truncate(MAX_RELATED);
    related
}

#[expect(clippy::cast_precision_loss, reason = "counts are below 2^52")]
const fn float(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn video(channel: i32, tags: &[&str]) -> TaggedVideo {
        TaggedVideo { idx: 1, channel: Some(channel), tags: tags.iter().copied().collect() }
    }

    fn frequency(key: &str, videos: i64) -> KeywordFrequency {
        KeywordFrequency { key: key.to_owned(), name: key.to_owned(), videos }
    }

    #[test]
    fn keyword_that_is_common_everywhere_ranks_below_a_specific_one() {
        let videos: Vec<_> = (0..20)
            .map(|n| video(n, &["먹방", "vlog", if n < 8 { "라면" } else { "x" }]))
            .collect();
        let counted = Cooccurrences::count("먹방", &videos);
        let frequencies = vec![frequency("vlog", 900), frequency("라면", 10), frequency("x", 12)];
        let related = rank_related(&counted, frequencies, 1_000);
        let names: Vec<&str> = related.iter().map(|keyword| keyword.name.as_str()).collect();
        assert_eq!(names, ["x", "라면", "vlog"]);
        // Eight of twenty videos, and one of a hundred: (8 + 10 × 0.01) ÷ 30 ÷ 0.01.
        assert!((related[1].lift - 27.0).abs() < 1e-9, "{related:?}");
        assert!(related[2].lift < 1.1, "{related:?}");
    }

    #[test]
    fn keywords_of_one_channel_or_few_videos_are_not_related() {
        let mut videos: Vec<_> = (0..9).map(|_| video(1, &["먹방", "my channel"])).collect();
        videos.extend([video(2, &["먹방", "rare"]), video(3, &["먹방", "rare"])]);
        assert_eq!(Cooccurrences::count("먹방", &videos).keys(), Vec::<&str>::new());
    }

    #[test]
    fn variants_of_keywords_count_as_one() {
        let videos = [
            video(1, &["먹 방", "BTS", "bts"]),
            video(2, &["먹방", "ＢＴＳ"]),
            video(3, &["먹방 ", "b t s"]),
            video(4, &["먹방 브이로그", "bts"]),
        ];
        let counted = Cooccurrences::count("먹방", &videos);
        assert_eq!((counted.videos, counted.keys()), (3, vec!["bts"]));
    }
}
