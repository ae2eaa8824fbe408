//! Words for demo titles, tags and names.

use super::SeedError;
use serde::Deserialize;

/// The content of `words.json`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    /// Tags for any video.
    pub shared: Vec<String>,
    /// Tags for any video of one week: each week, [`WEEKLY_TRENDS`] of them.
    ///
    /// [`WEEKLY_TRENDS`]: super::video::WEEKLY_TRENDS
    pub trending: Vec<String>,
    /// First names, for channels.
    pub names: Vec<String>,
    /// Suffixes of channel names.
    pub endings: Vec<String>,
    /// Templates of video descriptions.
    pub descriptions: Vec<String>,
    /// Templates of channel descriptions.
    pub about: Vec<String>,
    /// Topics of channels.
    pub topics: Vec<Topic>,
}

/// The topic of a channel.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Topic {
    /// Name.
    pub name: String,
    /// The prefix of its thumbnails in `deploy/demo/thumbnails`.
    pub slug: String,
    /// YouTube's number of the category.
    pub category: i16,
    /// Relative number of channels.
    pub weight: u32,
    /// Tags, most frequent first.
    pub keywords: Vec<String>,
    /// Names of series.
    pub series: Vec<String>,
    /// Templates of titles.
    pub titles: Vec<String>,
    /// Prefixes of channel names.
    pub owners: Vec<String>,
}

impl Words {
    /// Parses the embedded words.
    pub(super) fn read() -> Result<Self, SeedError> {
        Ok(serde_json::from_str(include_str!("words.json"))?)
    }
}

/// Fills a template: `{k}` a keyword, `{s}` a series, `{n}` a number, `{c}` a channel, `{t}` a
/// topic, `{h}` a keyword without spaces.
pub(super) fn fill(template: &str, blanks: &[(char, &str)]) -> String {
    let mut text = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let value = blanks.iter().find(|(blank, _)| name.starts_with(*blank));
        text.push_str(value.map_or("", |(_, value)| value));
        rest = after;
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_have_required_number_of_words() {
        let words = Words::read().unwrap();
        assert!(words.topics.len() >= 20);
        for topic in &words.topics {
            assert!(topic.weight > 0, "{}", topic.name);
            assert_eq!(topic.keywords.len(), 20, "{}", topic.name);
            assert!(topic.series.len() >= 4 && topic.titles.len() >= 5, "{}", topic.name);
        }
    }

    #[test]
    fn template_placeholders_are_replaced() {
        assert_eq!(fill("{k} {n}인분", &[('k', "치킨"), ('n', "3")]), "치킨 3인분");
        assert_eq!(fill("끝{x}", &[]), "끝");
    }
}
