//! The words that demo titles, tags and names are made of.

use super::SeedError;
use serde::Deserialize;

/// All words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    /// Tags of any video.
    pub shared: Vec<String>,
    /// First names, for channels.
    pub names: Vec<String>,
    /// What names of channels end in.
    pub endings: Vec<String>,
    /// Forms of a video's description.
    pub descriptions: Vec<String>,
    /// Forms of a channel's description.
    pub about: Vec<String>,
    /// What channels are about.
    pub topics: Vec<Topic>,
}

/// What a channel is about.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Topic {
    /// In one word.
    pub name: String,
    /// What the files of its thumbnails in `deploy/demo/thumbnails` start with.
    pub picture: String,
    /// How many channels have it, against other topics.
    pub weight: u32,
    /// Tags, those used most first.
    pub keywords: Vec<String>,
    /// Names of series.
    pub series: Vec<String>,
    /// Forms of titles.
    pub titles: Vec<String>,
    /// What names of channels start with.
    pub owners: Vec<String>,
}

impl Words {
    /// The words that come with this command.
    pub(super) fn read() -> Result<Self, SeedError> {
        Ok(serde_json::from_str(include_str!("words.json"))?)
    }
}

/// Fills a form: `{k}` a keyword, `{s}` a series, `{n}` a number, `{c}` a channel, `{t}` a
/// topic, `{h}` a keyword without spaces.
pub(super) fn fill(form: &str, blanks: &[(char, &str)]) -> String {
    let mut text = String::with_capacity(form.len() * 2);
    let mut rest = form;
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
