//! Titles, descriptions and tags of videos.

use super::{
    Catalog,
    channel::{Channel, SLOTS_PER_WEEK},
    random::{Random, Stream},
    upload::{Kind, Upload},
};
use chrono::{DateTime, Utc};
use demo_words::{Topic, fill};

/// Number of weeks for which the most frequent keyword of a topic stays the same.
const WEEKS_PER_KEYWORD: usize = 3;

pub(super) struct Text {
    pub title: String,
    pub description: String,
    pub tags: Vec<String>,
}

impl Catalog {
    pub(super) fn text(&self, channel: &Channel, upload: &Upload, at: DateTime<Utc>) -> Text {
        let Some(topic) = self.words.topics.get(channel.topic) else {
            return Text { title: String::new(), description: String::new(), tags: Vec::new() };
        };
        let random = &mut Random::new(self.seed, Stream::Text, channel.number, upload.ordinal);
        let week = usize::try_from(upload.ordinal / SLOTS_PER_WEEK).unwrap_or_default();
        let keyword = keyword(topic, week, random);
        let series = channel.series[usize::from(random.chance(0.5))];
        let series = topic.series.get(series).map_or("", String::as_str);
        let (number, tag) = (random.integer(2, 12).to_string(), keyword.replace(' ', ""));
        let values = [
            ('k', keyword),
            ('s', series),
            ('n', number.as_str()),
            ('c', channel.name.as_str()),
            ('t', topic.name.as_str()),
            ('h', tag.as_str()),
        ];
        let mut title = fill(random.choose(&topic.titles), &values);
        let changed_title = fill(random.choose(&topic.titles), &values);
        if upload.retitled.is_some_and(|from| at >= from) {
            title = format!("{changed_title} (수정)");
        }
        if upload.kind == Kind::Short {
            title.push_str(" #shorts");
        }
        let description = fill(random.choose(&self.words.descriptions), &values);
        // One video in six has no tags, as in recorded responses.
        let tags = if random.chance(0.17) {
            Vec::new()
        } else {
            self.tags(topic, keyword, series, week, random)
        };
        Text { title, description, tags }
    }

    fn tags(
        &self,
        topic: &Topic,
        keyword: &str,
        series: &str,
        week: usize,
        random: &mut Random,
    ) -> Vec<String> {
        let mut tags = vec![keyword, topic.name.as_str()];
        if random.chance(0.5) {
            tags.push(series);
        }
        for _ in 0..random.integer(2, 8) {
            tags.push(self::keyword(topic, week, random));
        }
        for _ in 0..random.integer(0, 3) {
            tags.push(random.choose(&self.words.shared));
        }
        let mut distinct: Vec<String> = Vec::with_capacity(tags.len());
        for tag in tags {
            if !distinct.iter().any(|other| other == tag) {
                distinct.push(tag.to_owned());
            }
        }
        distinct
    }
}

/// Relative frequency of keywords by rank.
const KEYWORD_WEIGHTS: [u32; 20] =
    [100, 80, 66, 57, 50, 44, 40, 36, 33, 30, 28, 26, 25, 23, 22, 21, 20, 19, 18, 17];

/// A keyword of the topic. The first keywords are more frequent; their order changes with time.
fn keyword<'a>(topic: &'a Topic, week: usize, random: &mut Random) -> &'a str {
    let index = random.weighted_index(&KEYWORD_WEIGHTS);
    let shifted = if random.chance(0.5) { index + week / WEEKS_PER_KEYWORD } else { index };
    topic.keywords.get(shifted % topic.keywords.len().max(1)).map_or("", String::as_str)
}
