//! Parsing a row of the trending data set: one video on one day.

use crate::{
    files::{Fields, Header, MissingColumn, Reason, Record, TableRow, truncate},
    observation::VideoObservation,
};

/// The positions of the columns; other columns of the data set are ignored.
pub struct VideoColumns {
    video_id: usize,
    title: usize,
    published: usize,
    channel_id: usize,
    channel_name: usize,
    observed: usize,
    tags: usize,
    views: usize,
    likes: usize,
    dislikes: usize,
    thumbnail: usize,
    description: usize,
}

impl TableRow for VideoObservation {
    type Columns = VideoColumns;

    fn columns(header: &Header) -> Result<VideoColumns, MissingColumn> {
        let find = |name| header.find(&[name]).ok_or(MissingColumn(name));
        Ok(VideoColumns {
            video_id: find("video_id")?,
            title: find("title")?,
            published: find("publishedAt")?,
            channel_id: find("channelId")?,
            channel_name: find("channelTitle")?,
            observed: find("trending_date")?,
            tags: find("tags")?,
            views: find("view_count")?,
            likes: find("likes")?,
            dislikes: find("dislikes")?,
            thumbnail: find("thumbnail_link")?,
            description: find("description")?,
        })
    }

    fn parse(
        columns: &VideoColumns,
        header: &Header,
        record: &Record,
        repaired: &mut Vec<Reason>,
    ) -> Result<Self, Reason> {
        let fields = Fields::new(header, record)?;
        let mut truncated = false;
        let mut fit = |text: &str, max_length| {
            let text = truncate(text, max_length);
            truncated |= text.1;
            text.0.to_owned()
        };
        let thumbnail = fields.text(columns.thumbnail);
        Ok(Self {
            video_id: fields.id(columns.video_id, 100)?,
            published: fields.timestamp(columns.published)?,
            channel_id: fields.id(columns.channel_id, 200)?,
            observed: fields.timestamp(columns.observed)?,
            views: fields.count(columns.views)?,
            likes: fields.count(columns.likes)?,
            dislikes: fields.optional_count(columns.dislikes)?,
            title: fit(&fields.line(columns.title, repaired), 500),
            channel_name: fit(&fields.line(columns.channel_name, repaired), 100),
            description: fit(&fields.text(columns.description), 5000),
            tags: split_tags(&fields.line(columns.tags, repaired), repaired),
            thumbnail_url: thumbnail_url(&thumbnail),
            truncated,
        })
    }

    fn size(&self) -> usize {
        self.title.len() + self.description.len() + self.tags.iter().map(String::len).sum::<usize>()
    }
}

/// A URL of at most 200 characters: a truncated URL would be useless.
fn thumbnail_url(text: &str) -> Option<String> {
    let text = text.trim();
    let usable = !text.is_empty() && text.chars().count() <= 200 && !text.contains(['\r', '\n']);
    usable.then(|| text.to_owned())
}

/// Parses `a|"b c"` or `[None]` into distinct tags, in order.
fn split_tags(text: &str, repaired: &mut Vec<Reason>) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in text.split('|') {
        let tag = unquoted(tag.trim());
        if tag.is_empty() || tag.eq_ignore_ascii_case("[none]") {
            continue;
        }
        let length = tag.chars().count();
        if length > 100 {
            repaired.push(Reason::LongTag { length });
        } else if !tags.iter().any(|other| other == tag) {
            tags.push(tag.to_owned());
        }
    }
    tags
}

fn unquoted(tag: &str) -> &str {
    let inner = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
    inner.map_or(tag, str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(text: &str) -> (Vec<String>, Vec<Reason>) {
        let mut repaired = Vec::new();
        (split_tags(text, &mut repaired), repaired)
    }

    #[test]
    fn tags_are_trimmed_unquoted_and_deduplicated_in_order() {
        assert_eq!(tags("먹방| \"vlog \"|a|먹방||\"\"|\u{a0}b").0, ["먹방", "vlog", "a", "b"]);
        assert!(tags("[None]").0.is_empty());
        assert!(tags("[none]").0.is_empty());
        assert!(tags("").0.is_empty());
        assert_eq!(tags("BTS|bts").0, ["BTS", "bts"]);
    }

    #[test]
    fn tag_over_100_characters_is_skipped_and_reported() {
        let (fits, too_long) = ("가".repeat(100), "나".repeat(101));
        let (tags, repaired) = tags(&format!("{too_long}|{fits}"));
        assert_eq!(tags, [fits]);
        assert_eq!(repaired, [Reason::LongTag { length: 101 }]);
    }
}
