//! Suggestions of keywords while typing, by the completion suggester of Elasticsearch.

use super::{client::SearchClient, response::SearchError};
use crate::keywords::{
    compose,
    keyboard::{initial_consonants, is_initial_consonants, swap_keyboard_layout, to_jamo},
    keyword_key,
};
use elasticsearch::SearchParts;
use futures_util::{FutureExt, future::BoxFuture};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Letters of a keyword that are compared; `max_input_length` in `keywords.json` is at least twice
/// as many UTF-16 units.
const MAX_LETTERS: usize = 100;

/// Shorter texts are not corrected: most short words are one letter from another.
const MIN_FUZZY_LENGTH: usize = 4;

/// Longer texts are not corrected: the automaton would be large.
const MAX_FUZZY_LENGTH: usize = 40;

/// The document of a keyword.
#[derive(Debug, Serialize)]
pub struct KeywordDocument {
    name: String,
    letters: Completion,
    #[serde(skip_serializing_if = "Option::is_none")]
    initials: Option<Completion>,
}

#[derive(Debug, Serialize)]
struct Completion {
    input: String,
    weight: i32,
}

impl KeywordDocument {
    /// The document of a keyword with its key (see [`keyword_key`]) and popularity. `None` if the
    /// key has only control characters.
    pub fn new(key: &str, name: String, popularity: i32) -> Option<Self> {
        let completion = |input: &str| Completion {
            input: input.chars().take(MAX_LETTERS).collect(),
            weight: popularity.max(0),
        };
        let letters = to_jamo(key);
        let initials = initial_consonants(key).as_deref().map(completion);
        (!letters.is_empty()).then(|| Self { name, letters: completion(&letters), initials })
    }
}

/// The beginning of a keyword, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TypedText {
    letters: String,
    other_layout: Option<String>,
}

impl TypedText {
    /// `None` if nothing is left after normalization.
    pub fn new(text: &str) -> Option<Self> {
        let bounded = |letters: &str| letters.chars().take(MAX_LETTERS).collect::<String>();
        let letters = bounded(&to_jamo(&keyword_key(text)));
        // Shift distinguishes Korean letters: the case of the text must be kept.
        let other_layout = swap_keyboard_layout(&compose(text)).map(|other| keyword_key(&other));
        let other_layout = other_layout.map(|other| bounded(&to_jamo(&other)));
        (!letters.is_empty()).then_some(Self { letters, other_layout })
    }

    /// A text that is equal for texts with the same suggestions.
    pub fn cache_key(&self) -> String {
        let other_layout = self.other_layout.as_deref().unwrap_or_default();
        format!("{}\n{other_layout}", self.letters)
    }

    /// The suggesters of a request, by name.
    fn suggesters(&self, limit: usize) -> Map<String, Value> {
        let suggester = |field: &str, prefix: &str| json!({"prefix": prefix, "completion": {"field": field, "size": limit}});
        let mut suggesters = Map::new();
        let mut add = |kind: MatchKind, suggester| suggesters.insert(kind.name().into(), suggester);
        add(MatchKind::Prefix, suggester("letters", &self.letters));
        if is_initial_consonants(&self.letters) {
            add(MatchKind::Initials, suggester("initials", &self.letters));
        }
        if let Some(other) = &self.other_layout {
            add(MatchKind::Layout, suggester("letters", other));
        }
        if (MIN_FUZZY_LENGTH..=MAX_FUZZY_LENGTH).contains(&self.letters.chars().count()) {
            let mut typo = suggester("letters", &self.letters);
            typo["completion"]["fuzzy"] =
                json!({"fuzziness": 1, "prefix_length": 1, "unicode_aware": true});
            add(MatchKind::Typo, typo);
        }
        suggesters
    }
}

/// How a suggestion matches the typed text, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MatchKind {
    /// It begins with the text.
    Prefix,
    /// The initial consonants of its syllables begin with the text.
    Initials,
    /// It begins with the text when that is typed with the other keyboard layout.
    Layout,
    /// It begins with the text after one letter is inserted, removed or replaced.
    Typo,
}

impl MatchKind {
    /// The name in responses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Prefix => "prefix",
            Self::Initials => "initials",
            Self::Layout => "layout",
            Self::Typo => "typo",
        }
    }
}

/// A suggested keyword.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The most frequent spelling.
    pub keyword: String,
    /// How it matches.
    pub kind: MatchKind,
}

#[derive(Deserialize)]
struct SuggestResponse {
    /// Elasticsearch omits it without options, because of `filter_path`.
    #[serde(default)]
    suggest: BTreeMap<MatchKind, [SuggestEntry; 1]>,
}

#[derive(Deserialize)]
struct SuggestEntry {
    options: Vec<SuggestOption>,
}

#[derive(Deserialize)]
struct SuggestOption {
    #[serde(rename = "_id")]
    id: String,
    #[serde(rename = "_score")]
    score: f64,
    #[serde(rename = "_source")]
    source: KeywordSource,
}

#[derive(Deserialize)]
struct KeywordSource {
    name: String,
}

impl SearchClient {
    /// Suggests up to `limit` keywords, in one round trip. Those that begin with the text or its
    /// initials come first, by popularity, then matches in the other layout, then corrections.
    pub async fn suggest(
        &self,
        typed: &TypedText,
        limit: usize,
    ) -> Result<Vec<Suggestion>, SearchError> {
        let body = json!({"size": 0, "_source": "name", "suggest": typed.suggesters(limit)});
        let mut response = self.send_suggest(&body).await;
        // The index was just replaced; the alias refers to the new one by now.
        if matches!(response, Err(SearchError::Unavailable { status: 404, .. })) {
            response = self.send_suggest(&body).await;
        }
        Ok(merge(response?, limit))
    }

    /// Boxed: otherwise each calling crate compiles it again.
    fn send_suggest<'a>(
        &'a self,
        body: &'a Value,
    ) -> BoxFuture<'a, Result<SuggestResponse, SearchError>> {
        async move {
            let alias = self.versioned_alias();
            let index = [alias.as_str()];
            let send = || {
                let request = self.inner.search(SearchParts::Index(&index));
                let request = request.allow_partial_search_results(false).body(body);
                let request = request.filter_path(&[
                    "suggest.*.options._id",
                    "suggest.*.options._score",
                    "suggest.*.options._source",
                ]);
                request.request_timeout(self.search_timeout).send()
            };
            self.execute_hedged(send).await
        }
        .boxed()
    }
}

fn merge(response: SuggestResponse, limit: usize) -> Vec<Suggestion> {
    let mut options = Vec::new();
    for (kind, [entry]) in response.suggest {
        options.extend(entry.options.into_iter().map(|option| (kind, option)));
    }
    let rank = |kind: MatchKind| if kind == MatchKind::Initials { MatchKind::Prefix } else { kind };
    // Stable: options of one kind are in the order of Elasticsearch.
    options.sort_by(|(kind, option), (other_kind, other)| {
        let by_score = other.score.total_cmp(&option.score);
        rank(*kind).cmp(&rank(*other_kind)).then(by_score)
    });
    let mut suggestions = Vec::with_capacity(limit);
    let mut ids = Vec::with_capacity(limit);
    for (kind, option) in options {
        if suggestions.len() < limit && !ids.contains(&option.id) {
            ids.push(option.id);
            suggestions.push(Suggestion { keyword: option.source.name, kind });
        }
    }
    suggestions
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<String> {
        let typed = TypedText::new(text).unwrap();
        typed.suggesters(10).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn only_suggesters_that_can_match_are_requested() {
        assert_eq!(kinds("ㅁㅂ"), ["initials", "layout", "prefix"]);
        assert_eq!(kinds("먹방"), ["layout", "prefix", "typo"]);
        assert_eq!(kinds("2026"), ["prefix", "typo"]);
        assert_eq!(kinds(&"a".repeat(41)), ["layout", "prefix"]);
        assert_eq!(TypedText::new(" \u{1f}\u{3000}"), None);
    }

    #[test]
    fn merged_suggestions_are_distinct_and_ordered_by_kind_and_score() {
        let option = |id: &str, score| json!({"_id": id, "_score": score, "_source": {"name": id}});
        let response = json!({"suggest": {
            "typo": [{"options": [option("a", 90.0), option("e", 80.0)]}],
            "prefix": [{"options": [option("a", 9.0), option("c", 7.0)]}],
            "initials": [{"options": [option("b", 8.0)]}],
            "layout": [{"options": [option("d", 99.0)]}],
        }});
        let names = |limit| {
            let merged = merge(serde_json::from_value(response.clone()).unwrap(), limit);
            merged.into_iter().map(|suggestion| suggestion.keyword).collect::<Vec<_>>()
        };
        assert_eq!(names(10), ["a", "b", "c", "d", "e"]);
        assert_eq!(names(2), ["a", "b"]);
    }
}
