//! Words for the titles, tags and names of demo videos (`createtrend seed`) and simulated ones
//! (`fake-youtube`).

use serde::Deserialize;

/// The content of `words.json`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Tags for any video.
    pub shared: Vec<String>,
    /// Tags for any video of one week: the demo uses a few of them each week.
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
pub struct Topic {
    /// Name.
    pub name: String,
    /// The prefix of its thumbnails in `deploy/demo/thumbnails`.
    pub slug: String,
    /// YouTube category id.
    pub category: u16,
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
    ///
    /// # Errors
    ///
    /// Returns an error if `words.json` of this crate is invalid.
    pub fn read() -> serde_json::Result<Self> {
        serde_json::from_str(include_str!("words.json"))
    }

    /// All words in titles and tags of a topic, in lower case.
    pub fn vocabulary(&self, topic: &Topic) -> String {
        let texts = [&topic.keywords, &topic.series, &topic.titles, &self.shared];
        let texts = texts.into_iter().flatten().map(String::as_str).chain([topic.name.as_str()]);
        texts.collect::<Vec<_>>().join("\n").to_lowercase()
    }
}

/// Fills a template: `{k}` a keyword, `{s}` a series, `{n}` a number, `{c}` a channel, `{t}` a
/// topic, `{h}` a keyword without spaces.
pub fn fill(template: &str, values: &[(char, &str)]) -> String {
    let mut text = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let value = values.iter().find(|(placeholder, _)| name.starts_with(*placeholder));
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
