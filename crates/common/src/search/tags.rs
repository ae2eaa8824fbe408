//! The tags of a video as a single doc value.
//!
//! Counting keywords reads the tags of hundreds of videos per request. Binary doc values are
//! several times faster to read than stored documents and, unlike keyword fields, preserve the
//! order (`docs/decisions/0002-keyword-counting.md`).

use base64::{Engine, prelude::BASE64_STANDARD};
use memchr::memchr_iter;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// Terminates a tag; PostgreSQL does not allow it in text.
const TERMINATOR: u8 = 0;

/// Tags in order. In JSON: base64 of the NUL-terminated tags.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tags(String);

impl Tags {
    /// The field name in the index.
    pub const FIELD: &str = "tags";

    /// The tags in order.
    pub fn keywords(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        memchr_iter(TERMINATOR, self.0.as_bytes()).map(move |end| {
            let keyword = &self.0[start..end];
            start = end + 1;
            keyword
        })
    }

    /// Whether there are no tags.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a> FromIterator<&'a str> for Tags {
    fn from_iter<I: IntoIterator<Item = &'a str>>(tags: I) -> Self {
        let mut text = String::new();
        for tag in tags {
            text.push_str(tag);
            text.push(TERMINATOR.into());
        }
        Self(text)
    }
}

impl Serialize for Tags {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64_STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Tags {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <&str>::deserialize(deserializer)?;
        let bytes = BASE64_STANDARD.decode(text).map_err(D::Error::custom)?;
        String::from_utf8(bytes).map(Self).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn empty_list_and_empty_tag_are_distinct() {
        assert_eq!(Tags::default().keywords().count(), 0);
        let one: Tags = [""].into_iter().collect();
        assert_eq!(one.keywords().collect::<Vec<_>>(), [""]);
    }

    proptest! {
        #[test]
        fn tags_round_trip_through_json_in_order(
            keywords in prop::collection::vec("[^\0]{0,30}", 0..9),
        ) {
            let tags: Tags = keywords.iter().map(String::as_str).collect();
            let json = serde_json::to_string(&tags).unwrap();
            let parsed: Tags = serde_json::from_str(&json).unwrap();
            prop_assert_eq!(parsed.keywords().collect::<Vec<_>>(), keywords);
        }
    }
}
