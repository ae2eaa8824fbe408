//! Words for names, titles, tags and descriptions, shared with the demo data of `crates/ingest`.

use serde::Deserialize;

const WORDS: &str = include_str!("../../../ingest/src/seed/words.json");

/// All words.
#[derive(Debug, Deserialize)]
pub(super) struct Words {
    /// Tags for any video.
    pub shared: Vec<String>,
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
pub(super) struct Topic {
    /// Name.
    pub name: String,
    /// An English word for it, the prefix of its thumbnails.
    pub slug: String,
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
    pub(super) fn read() -> serde_json::Result<Self> {
        serde_json::from_str(WORDS)
    }

    /// All words in titles and tags of a topic, in lower case.
    pub(super) fn vocabulary(&self, topic: &Topic) -> String {
        let texts = [&topic.keywords, &topic.series, &topic.titles, &self.shared];
        let texts = texts.into_iter().flatten().map(String::as_str).chain([topic.name.as_str()]);
        texts.collect::<Vec<_>>().join("\n").to_lowercase()
    }
}

impl Topic {
    /// The category of YouTube.
    pub(super) fn category(&self) -> u16 {
        match self.slug.as_str() {
            "film" => 1,
            "cars" => 2,
            "music" => 10,
            "pets" => 15,
            "sport" | "football" => 17,
            "travel" => 19,
            "game" => 20,
            "comedy" => 23,
            "news" | "money" => 25,
            "beauty" | "cooking" | "fashion" => 26,
            "study" => 27,
            "tech" | "science" => 28,
            _ => 22,
        }
    }
}

/// Fills a template: `{k}` a keyword, `{s}` a series, `{n}` a number, `{c}` a channel, `{t}` a
/// topic, `{h}` a keyword without spaces.
pub(super) fn fill(template: &str, values: &[(char, &str)]) -> String {
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
