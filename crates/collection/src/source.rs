//! Sources that the collector follows, as configured by an operator.

use std::fmt;
use youtube::ChannelId;

/// A source of videos.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Source {
    /// The uploads of a channel.
    Channel(ChannelId),
    /// The most popular videos of a region, in one category or in all.
    Chart {
        /// ISO 3166-1, in capitals.
        region: String,
        /// A YouTube category id.
        category: Option<u16>,
    },
    /// The newest videos of a search.
    Search(String),
}

/// A value is not a valid source of its kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSource {
    /// The kind is unknown.
    #[error("unknown kind of source {0:?}: expected channel, chart or search")]
    Kind(String),
    /// Not the id of a channel.
    #[error(transparent)]
    Channel(#[from] youtube::InvalidId),
    /// Not a region, or not a region and a category.
    #[error(
        "{0:?} is not a chart: expected a region such as KR, or a region and a category such as KR/10"
    )]
    Chart(String),
    /// An empty query or one of more than 200 characters.
    #[error("a search needs a query of 1 to 200 characters")]
    Search,
}

/// Maximum length of a query in characters.
const MAX_QUERY: usize = 200;

impl Source {
    /// Parses the kind and the value that [`Source::kind`] and [`Source::value`] return.
    pub fn parse(kind: &str, value: &str) -> Result<Self, InvalidSource> {
        match kind {
            "channel" => Ok(Self::Channel(value.parse()?)),
            "chart" => parse_chart(value).ok_or_else(|| InvalidSource::Chart(value.to_owned())),
            "search" => {
                let query = value.trim();
                let is_valid = (1..=MAX_QUERY).contains(&query.chars().count());
                is_valid.then(|| Self::Search(query.to_owned())).ok_or(InvalidSource::Search)
            }
            _ => Err(InvalidSource::Kind(kind.to_owned())),
        }
    }

    /// `channel`, `chart` or `search`.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Channel(_) => "channel",
            Self::Chart { .. } => "chart",
            Self::Search(_) => "search",
        }
    }

    /// YouTube id of the channel, the region and category, or the query.
    pub fn value(&self) -> String {
        match self {
            Self::Channel(id) => id.to_string(),
            Self::Chart { region, category: None } => region.clone(),
            Self::Chart { region, category: Some(category) } => format!("{region}/{category}"),
            Self::Search(query) => query.clone(),
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind(), self.value())
    }
}

fn parse_chart(text: &str) -> Option<Source> {
    let (region, category) = match text.split_once('/') {
        Some((region, category)) => (region, Some(category.parse().ok()?)),
        None => (text, None),
    };
    let is_region = region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_region.then(|| Source::Chart { region: region.to_ascii_uppercase(), category })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn source_round_trips_through_its_kind_and_value() {
        for (kind, value) in [
            ("channel", "UC-_0123456789abcdefABCD"),
            ("chart", "KR"),
            ("chart", "KR/10"),
            ("search", "먹방 라면"),
        ] {
            let source = Source::parse(kind, value).unwrap();
            assert_eq!((source.kind(), source.value().as_str()), (kind, value));
        }
        assert_eq!(Source::parse("chart", "kr").unwrap().value(), "KR");
    }

    #[test]
    fn invalid_source_is_named_in_the_error() {
        for (kind, value, message) in [
            ("video", "x", "unknown kind"),
            ("channel", "@handle", "not a channel id"),
            ("chart", "Korea", "not a chart"),
            ("chart", "KR/music", "not a chart"),
            ("search", "  ", "1 to 200 characters"),
        ] {
            let error = Source::parse(kind, value).unwrap_err().to_string();
            assert!(error.contains(message), "{error}");
        }
        assert_eq!(Source::parse("search", &"가".repeat(201)), Err(InvalidSource::Search));
    }
}
