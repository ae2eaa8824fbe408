//! Atom feeds (RFC 4287).

use chrono::{DateTime, SecondsFormat, Utc};
use common::Error;
use serde::Serialize;
use uuid::Uuid;

/// A feed; its texts may contain any characters.
pub(crate) struct Feed {
    pub id: Uuid,
    /// `ko` or `en`.
    pub language: &'static str,
    pub title: &'static str,
    /// Of the page for readers.
    pub url: String,
    pub updated: DateTime<Utc>,
    pub entries: Vec<AtomEntry>,
}

/// An entry of a feed.
pub(crate) struct AtomEntry {
    pub id: Uuid,
    pub title: String,
    pub url: String,
    pub updated: DateTime<Utc>,
    pub content: String,
}

#[derive(Serialize)]
#[serde(rename = "feed")]
struct FeedElement {
    #[serde(rename = "@xmlns")]
    namespace: &'static str,
    #[serde(rename = "@xml:lang")]
    language: &'static str,
    id: String,
    title: &'static str,
    updated: String,
    author: AuthorElement,
    link: LinkElement,
    entry: Vec<EntryElement>,
}

#[derive(Serialize)]
struct AuthorElement {
    name: &'static str,
}

#[derive(Serialize)]
struct LinkElement {
    #[serde(rename = "@href")]
    href: String,
}

#[derive(Serialize)]
struct EntryElement {
    id: String,
    title: String,
    updated: String,
    link: LinkElement,
    content: String,
}

impl Feed {
    /// The feed as an XML document.
    pub(crate) fn to_xml(&self) -> Result<String, Error> {
        let element = FeedElement {
            namespace: "http://www.w3.org/2005/Atom",
            language: self.language,
            id: self.id.urn().to_string(),
            title: self.title,
            updated: time(self.updated),
            author: AuthorElement { name: "CreateTrend" },
            link: LinkElement { href: self.url.clone() },
            entry: self.entries.iter().map(EntryElement::from).collect(),
        };
        let xml = quick_xml::se::to_string(&element).map_err(Error::internal)?;
        Ok(format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{xml}\n"))
    }
}

impl From<&AtomEntry> for EntryElement {
    fn from(entry: &AtomEntry) -> Self {
        Self {
            id: entry.id.urn().to_string(),
            title: allowed(&entry.title),
            updated: time(entry.updated),
            link: LinkElement { href: entry.url.clone() },
            content: allowed(&entry.content),
        }
    }
}

fn time(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Replaces the characters that XML 1.0 does not allow, also not as references (section 2.2).
fn allowed(text: &str) -> String {
    let is_allowed = |character: char| {
        matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}')
            || character >= '\u{10000}'
    };
    text.chars()
        .map(|character| if is_allowed(character) { character } else { '\u{fffd}' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use quick_xml::{Reader, events::Event};

    #[test]
    fn feed_with_markup_and_control_characters_is_well_formed() {
        let title = "<b>&\"'\u{0}\u{1b}\u{fffe}]]> 먹방 🍜".to_owned();
        let updated = DateTime::UNIX_EPOCH;
        let entry = AtomEntry {
            id: Uuid::nil(),
            title: title.clone(),
            url: "http://localhost/?q=a&b=\"".to_owned(),
            updated,
            content: title,
        };
        let feed = Feed {
            id: Uuid::nil(),
            language: "ko",
            title: "제목",
            url: "http://localhost/".to_owned(),
            updated,
            entries: vec![entry],
        };
        let xml = feed.to_xml().unwrap();
        assert!(xml.contains("<updated>1970-01-01T00:00:00Z</updated>"), "{xml}");
        assert!(!xml.contains("<b>") && !xml.contains(['\0', '\u{1b}', '\u{fffe}']), "{xml}");
        let mut reader = Reader::from_str(&xml);
        let mut names = Vec::new();
        loop {
            match reader.read_event().unwrap() {
                Event::Eof => break,
                Event::Start(start) => names.push(start.name().as_ref().to_owned()),
                _ => {}
            }
        }
        assert!(names.contains(&"entry".to_owned()), "{xml}");
    }
}
