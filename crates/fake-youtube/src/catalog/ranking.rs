//! Charts and searches, which read many videos. Their cost is proportional to the number of
//! channels.

use super::{Catalog, Visibility, channel::Channel, ids, upload, upload::Upload};
use chrono::{DateTime, TimeDelta, Utc};
use std::cmp::Reverse;
use youtube::VideoId;

/// The age of videos in charts.
const CHART_DAYS: i64 = 14;

/// Videos of a chart.
const CHART_SIZE: usize = 200;

/// Results of a search.
const SEARCH_SIZE: usize = 500;

/// The age of search results, unless `published_after` is later.
const SEARCH_DAYS: i64 = 14;

impl Catalog {
    /// The videos of these categories with most new views in a day, best first.
    pub fn chart(&self, categories: &[u16], at: DateTime<Utc>) -> Vec<VideoId> {
        let mut ranked = Vec::new();
        let channels = self.channels.iter().filter(|channel| {
            channel.exists_at(at) && categories.contains(&self.category(channel))
        });
        for channel in channels {
            for ordinal in upload::ordinals(self.seed, channel, at) {
                let Some(upload) = Upload::new(self.seed, channel, ordinal) else { continue };
                if upload.published < at - TimeDelta::days(CHART_DAYS) {
                    break;
                }
                if upload.is_removed_at(at) || upload.starts > at {
                    continue;
                }
                let yesterday = upload.views_at(at - TimeDelta::days(1));
                let gained = upload.views_at(at).saturating_sub(yesterday);
                ranked.push((Reverse(gained), channel.number, ordinal));
            }
        }
        ranked.sort_unstable();
        let ids = ranked.into_iter().take(CHART_SIZE);
        ids.filter_map(|(_, channel, ordinal)| ids::video_id(self.seed, channel, ordinal)).collect()
    }

    /// Videos with every word of `query` in title or tags, newest first. Only channels whose
    /// vocabulary has every word are searched.
    pub fn search(
        &self,
        query: &str,
        category: Option<u16>,
        published_after: Option<DateTime<Utc>>,
        at: DateTime<Utc>,
    ) -> Vec<VideoId> {
        let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
        let oldest = at - TimeDelta::days(SEARCH_DAYS);
        let oldest = published_after.map_or(oldest, |after| after.max(oldest));
        let mut found = Vec::new();
        for channel in self.channels.iter().filter(|channel| channel.exists_at(at)) {
            let is_other = category.is_some_and(|category| category != self.category(channel));
            if is_other || !words.iter().all(|word| self.has_word(channel, word)) {
                continue;
            }
            for ordinal in upload::ordinals(self.seed, channel, at) {
                let Some(id) = ids::video_id(self.seed, channel.number, ordinal) else { continue };
                let Some(upload) = Upload::new(self.seed, channel, ordinal) else { continue };
                if upload.published < oldest {
                    break;
                }
                let state = self.state(&id, channel, &upload, at);
                let text = format!("{} {}", state.title, state.tags.join(" ")).to_lowercase();
                if state.visibility == Visibility::Public
                    && words.iter().all(|word| text.contains(word))
                {
                    found.push((Reverse(upload.published), id));
                }
            }
        }
        found.sort_unstable();
        found.into_iter().take(SEARCH_SIZE).map(|(_, id)| id).collect()
    }

    /// Whether a lower-case word is a part of the vocabulary or the name of a channel.
    fn has_word(&self, channel: &Channel, word: &str) -> bool {
        let vocabulary = self.vocabularies.get(channel.topic).map_or("", String::as_str);
        vocabulary.contains(word) || channel.name.to_lowercase().contains(word)
    }
}
