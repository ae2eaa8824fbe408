//! Counting of keywords.

use super::keyword_key;
use foldhash::{HashMap, HashMapExt};
use std::{cmp::Reverse, hash::Hash};

/// A keyword with its number of videos.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeywordCount {
    /// A complete tag, unchanged.
    pub name: String,
    /// The number of videos.
    pub count: u64,
}

struct Tally {
    /// Rank by first appearance.
    rank: usize,
    count: u64,
    /// Index of the last video with the keyword.
    last: usize,
}

/// The `limit` most frequent keywords of a set of videos for which `is_included` is true.
///
/// A keyword counts once per video; equal counts are ordered by first appearance.
pub fn count_keywords<K, T>(
    videos: impl IntoIterator<Item = K>,
    is_included: impl Fn(&str) -> bool,
    limit: usize,
) -> Vec<KeywordCount>
where
    K: IntoIterator<Item = T>,
    T: AsRef<str> + Into<String> + Eq + Hash,
{
    let mut tallies: HashMap<T, Tally> = HashMap::new();
    for (video, keywords) in videos.into_iter().enumerate() {
        for keyword in keywords {
            let rank = tallies.len();
            let tally =
                tallies.entry(keyword).or_insert(Tally { rank, count: 0, last: usize::MAX });
            if tally.last != video {
                tally.last = video;
                tally.count += 1;
            }
        }
    }
    // `is_included` is called once per keyword, not once per video.
    let counted = tallies.into_iter().filter(|(keyword, _)| is_included(keyword.as_ref()));
    let mut counted: Vec<(T, Tally)> = counted.collect();
    counted.sort_unstable_by_key(|(_, tally)| (Reverse(tally.count), tally.rank));
    counted.truncate(limit);
    let keyword =
        |(name, tally): (T, Tally)| KeywordCount { name: name.into(), count: tally.count };
    counted.into_iter().map(keyword).collect()
}

/// [`count_keywords`], with all spellings of a [`keyword_key`] as one keyword, which is named by its
/// most frequent spelling. `is_included` gets the key. Settings of YouTube are excluded.
pub fn count_merged_keywords<'a, K>(
    videos: impl IntoIterator<Item = K> + Clone,
    is_included: impl Fn(&str) -> bool,
    limit: usize,
) -> Vec<KeywordCount>
where
    K: IntoIterator<Item = &'a str>,
{
    let spellings = count_keywords(videos.clone(), |_| true, usize::MAX);
    let mut keys = HashMap::with_capacity(spellings.len());
    let mut names: HashMap<String, String> = HashMap::with_capacity(spellings.len());
    for KeywordCount { name, .. } in spellings {
        let key = keyword_key(&name);
        names.entry(key.clone()).or_insert_with(|| name.clone());
        keys.insert(name, key);
    }
    let keys_of = |keywords: K| {
        keywords.into_iter().filter_map(|keyword| keys.get(keyword)).map(String::as_str)
    };
    let merged = videos.into_iter().map(keys_of);
    let mut counted = count_keywords(merged, |key| !key.is_empty() && is_included(key), limit);
    for keyword in &mut counted {
        if let Some(name) = names.remove(&keyword.name) {
            keyword.name = name;
        }
    }
    counted
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn count(videos: &[&[&str]], stop: &[&str], limit: usize) -> Vec<(String, u64)> {
        let videos = videos.iter().map(|tags| tags.iter().map(ToString::to_string));
        let counted = count_keywords(videos, |keyword| !stop.contains(&keyword), limit);
        counted.into_iter().map(|keyword| (keyword.name, keyword.count)).collect()
    }

    #[test]
    fn equal_counts_are_ordered_by_first_appearance() {
        let counted = count(&[&["나", "가"], &["다", "가"], &["나"]], &[], 3);
        assert_eq!(counted, [("나".into(), 2), ("가".into(), 2), ("다".into(), 1)]);
    }

    #[test]
    fn repeated_keyword_of_a_video_counts_once() {
        assert_eq!(count(&[&["가", "가"], &["가"]], &[], 9), [("가".into(), 2)]);
    }

    #[test]
    fn keywords_are_case_sensitive() {
        let counted = count(&[&["lol", "LOL", "롤"]], &["lol"], 9);
        assert_eq!(counted, [("LOL".into(), 1), ("롤".into(), 1)]);
    }

    #[test]
    fn merged_spellings_count_once_per_video_under_the_most_frequent_one() {
        let videos: [&[&str]; 4] =
            [&["bts", "BTS"], &["b t s"], &["bts", "롤"], &["yt:cc=on", "롤"]];
        let tags = videos.iter().map(|tags| tags.iter().copied());
        let counted = count_merged_keywords(tags.clone(), |_| true, 9);
        let expected = [("bts", 3), ("롤", 2)].map(|(name, count)| (name.to_owned(), count));
        assert_eq!(counted.into_iter().map(|k| (k.name, k.count)).collect::<Vec<_>>(), expected);
        let counted = count_merged_keywords(tags, |key| key != "bts", 9);
        assert_eq!(counted.into_iter().map(|k| k.name).collect::<Vec<_>>(), ["롤"]);
    }

    proptest! {
        #[test]
        fn counts_match_naive_implementation(
            videos in prop::collection::vec(prop::collection::vec("[a-e]", 0..6), 0..20),
            limit in 0_usize..7,
        ) {
            let all = count_keywords(videos.clone(), |_| true, usize::MAX);
            for keyword in &all {
                let holding = videos.iter().filter(|tags| tags.contains(&keyword.name)).count();
                prop_assert_eq!(keyword.count, holding as u64);
            }
            let first = |keyword: &KeywordCount| {
                videos.iter().flatten().position(|tag| *tag == keyword.name)
            };
            let in_order = |a: &KeywordCount, b: &KeywordCount| {
                a.count > b.count || (a.count == b.count && first(a) < first(b))
            };
            prop_assert!(all.is_sorted_by(in_order));
            let some = count_keywords(videos.clone(), |_| true, limit);
            prop_assert_eq!(&some[..], &all[..limit.min(all.len())]);
        }
    }
}
