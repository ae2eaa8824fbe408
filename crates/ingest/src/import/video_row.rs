//! Parsing a row of a file of videos: one video on one day.

use super::columns::VideoColumns;
use crate::{
    files::{Fields, Header, MissingColumn, Reason, Record, TableRow, split_tags, truncate},
    observation::{VideoDetails, VideoObservation},
};
use chrono::{DateTime, TimeDelta, Utc};
use common::time::seoul_day;

/// The prefix of the ids of channels whose file has only their names.
const TITLE_PREFIX: &str = "title:";

/// The longest time between an observation and a later publication: some files have only days, and
/// times without an offset.
const PUBLICATION_TOLERANCE: TimeDelta = TimeDelta::days(2);

/// The maximum length of a language tag.
const MAX_LANGUAGE_BYTES: usize = 35;

/// The maximum length of a channel's name in characters.
const MAX_NAME_CHARACTERS: usize = 100;

impl TableRow for VideoObservation {
    type Columns = VideoColumns;

    fn columns(header: &Header) -> Result<VideoColumns, MissingColumn> {
        VideoColumns::find(header)
    }

    fn has_day(columns: &VideoColumns) -> bool {
        columns.observed.is_some()
    }

    fn unused(columns: &VideoColumns, header: &Header) -> Vec<String> {
        columns.unused(header)
    }

    fn has_subscribers(columns: &VideoColumns) -> bool {
        columns.subscribers.is_some()
    }

    fn parse(
        columns: &VideoColumns,
        header: &Header,
        record: &Record,
        repaired: &mut Vec<Reason>,
    ) -> Result<Option<Self>, Reason> {
        let fields = Fields::new(header, record)?;
        let mut truncated = false;
        let mut fit = |text: &str, max_length| {
            let text = truncate(text, max_length);
            truncated |= text.1;
            text.0.to_owned()
        };
        let required = |column: Option<usize>, field| column.ok_or(Reason::Missing { field });
        let present = |column: Option<usize>| column.filter(|column| !fields.is_missing(*column));
        let video_id = fields.id(columns.video_id, 100, repaired)?;
        let published = fields.past_timestamp(required(columns.published, "publishedAt")?)?;
        let channel_name = columns.channel_name.map(|column| fields.line(column, repaired));
        let channel_name = channel_name.map(|name| fit(&name, MAX_NAME_CHARACTERS));
        let channel_id = match (columns.channel_id, &channel_name) {
            (Some(column), _) => fields.id(column, 200, repaired)?,
            (None, Some(name)) if !name.trim().is_empty() => {
                format!("{TITLE_PREFIX}{}", name.trim())
            }
            _ => return Err(Reason::Missing { field: "channelId" }),
        };
        let observed = observed(columns, header, &fields)?;
        if observed + PUBLICATION_TOLERANCE < published {
            let (observed, published) = (seoul_day(observed), seoul_day(published));
            return Err(Reason::BeforePublication { observed, published });
        }
        let views = required(present(columns.views), "view_count")?;
        let count = |column: Option<usize>| match column {
            Some(column) => fields.optional_count(column),
            None => Ok(None),
        };
        let title = required(columns.title, "title")?;
        Ok(Some(Self {
            video_id,
            published,
            channel_id,
            observed,
            views: fields.count(views)?,
            likes: count(columns.likes)?,
            dislikes: count(columns.dislikes)?,
            subscribers: count(columns.subscribers)?.and_then(|count| i32::try_from(count).ok()),
            title: fit(&fields.line(title, repaired), 500),
            channel_name: channel_name.filter(|name| !name.is_empty()),
            description: columns.description.map(|column| {
                let text = if fields.is_missing(column) { "".into() } else { fields.text(column) };
                if columns.has_escaped_lines {
                    fit(&text.replace("\\n", "\n"), 5000)
                } else {
                    fit(&text, 5000)
                }
            }),
            tags: columns.tags.map(|column| split_tags(&fields.line(column, repaired), repaired)),
            thumbnail_url: present(columns.thumbnail)
                .and_then(|column| thumbnail_url(&fields.text(column))),
            details: details(columns, &fields),
            truncated,
        }))
    }

    fn size(&self) -> usize {
        let tags = self.tags.iter().flatten().map(String::len).sum::<usize>();
        self.title.len() + self.description.as_ref().map_or(0, String::len) + tags
    }
}

/// The properties in the row; unknown forms are ignored.
fn details(columns: &VideoColumns, fields: &Fields<'_>) -> VideoDetails {
    let text = |column: Option<usize>| {
        let column = column.filter(|column| !fields.is_missing(*column))?;
        Some(fields.text(column).trim().to_owned())
    };
    let number = |column| {
        let count = text(column)?.parse::<f64>().ok().filter(|count| *count >= 0.0)?;
        // Counts of pandas are fractions: 10.0.
        format!("{count:.0}").parse::<i64>().ok()
    };
    VideoDetails {
        category: number(columns.category).and_then(|number| i16::try_from(number).ok()),
        duration_seconds: number(columns.duration).and_then(|number| i32::try_from(number).ok()),
        language: text(columns.language).filter(|text| text.len() <= MAX_LANGUAGE_BYTES),
        comments: number(columns.comments),
        is_short: None,
        live_state: None,
    }
}

/// The time in the row, or that of the file.
fn observed(
    columns: &VideoColumns,
    header: &Header,
    fields: &Fields<'_>,
) -> Result<DateTime<Utc>, Reason> {
    let default = header.context.observed;
    match columns.observed {
        Some(column) if default.is_none() || !fields.is_missing(column) => {
            fields.past_timestamp(column)
        }
        _ => default.ok_or(Reason::Missing { field: "the day of observation" }),
    }
}

/// A URL of at most 200 characters: a truncated URL would be useless.
fn thumbnail_url(text: &str) -> Option<String> {
    let text = text.trim();
    let usable = text.chars().count() <= 200 && !text.contains(['\r', '\n']);
    usable.then(|| text.to_owned())
}
