//! Parses rows of video files: one video on one day.

use super::{columns::VideoColumns, details::parse_details};
use crate::{
    files::{Fields, Header, MissingColumn, Record, RowIssue, TableRow, split_tags, truncate},
    load::CHANNEL_NAME_PREFIX,
    observation::VideoObservation,
};
use chrono::{DateTime, TimeDelta, Utc};
use common::time::seoul_day;

/// The longest time between an observation and a later publication: some files have only days, and
/// times without an offset.
const PUBLICATION_TOLERANCE: TimeDelta = TimeDelta::days(2);

/// The length of YouTube's ids of videos.
const VIDEO_ID_LENGTH: usize = 11;

/// The maximum length of a channel's name in characters.
const MAX_NAME_CHARACTERS: usize = 100;

impl TableRow for VideoObservation {
    type Columns = VideoColumns;

    fn find_columns(header: &Header) -> Result<VideoColumns, MissingColumn> {
        VideoColumns::find(header)
    }

    fn date_columns(columns: &VideoColumns) -> Vec<usize> {
        [columns.published, columns.observed].into_iter().flatten().collect()
    }

    fn has_observation_date(columns: &VideoColumns) -> bool {
        columns.observed.is_some()
    }

    fn used_columns(columns: &VideoColumns, _: &Header) -> Vec<usize> {
        columns.used_columns()
    }

    fn has_subscribers(columns: &VideoColumns) -> bool {
        columns.subscribers.is_some()
    }

    fn parse(
        columns: &VideoColumns,
        header: &Header,
        record: &Record,
        repairs: &mut Vec<RowIssue>,
    ) -> Result<Option<Self>, RowIssue> {
        let fields = Fields::new(header, record)?;
        let mut truncated = false;
        let mut fit = |text: &str, max_length| {
            let text = truncate(text, max_length);
            truncated |= text.1;
            text.0.to_owned()
        };
        let required = |column: Option<usize>, field: &'static str| {
            column.ok_or(RowIssue::Missing { field: field.into() })
        };
        let filled = |column: usize| {
            let is_missing = || RowIssue::Missing { field: header.name(column).into() };
            if fields.is_missing(column) { Err(is_missing()) } else { Ok(column) }
        };
        let present = |column: Option<usize>| column.filter(|column| !fields.is_missing(*column));
        let video_id = fields.id(columns.video_id, 100, repairs)?;
        let published = fields.publication_time(required(columns.published, "publishedAt")?)?;
        let channel_name = columns.channel_name.map(|column| fields.line(column, repairs));
        let channel_name = channel_name.map(|name| fit(&name, MAX_NAME_CHARACTERS));
        let channel_name = channel_name.filter(|name| !name.trim().is_empty());
        let channel_id = match (present(columns.channel_id), &channel_name) {
            (Some(column), name) if name.is_none() || !fields.is_handle(column) => {
                fields.id(column, 200, repairs)?
            }
            (_, Some(name)) => format!("{CHANNEL_NAME_PREFIX}{}", name.trim()),
            _ => return Err(RowIssue::Missing { field: "channelId".into() }),
        };
        let observed = observed(columns, header, &fields)?;
        if observed + PUBLICATION_TOLERANCE < published {
            let (observed, published) = (seoul_day(observed), seoul_day(published));
            return Err(RowIssue::BeforePublication { observed, published });
        }
        let views = filled(required(columns.views, "view_count")?)?;
        let count = |column: Option<usize>| match column {
            Some(column) => fields.optional_count(column),
            None => Ok(None),
        };
        let has_no_ratings = fields.is_true(columns.ratings_disabled);
        let ratings = |column| Ok(count(column)?.filter(|count| *count > 0 || !has_no_ratings));
        let title = required(columns.title, "title")?;
        if fields.is_empty(title) {
            return Err(RowIssue::Missing { field: header.name(title).into() });
        }
        let (views, likes) = (fields.count(views)?, ratings(columns.likes)?);
        if video_id.len() != VIDEO_ID_LENGTH {
            repairs.push(RowIssue::UnusualId { id: video_id.clone() });
        }
        if likes.is_some_and(|likes| likes > views) {
            repairs.push(RowIssue::MoreLikesThanViews);
        }
        let names = [Some(title), columns.channel_name];
        repairs.extend(names.into_iter().flatten().find_map(|name| fields.find_garbling(name)));
        Ok(Some(Self {
            video_id,
            published,
            channel_id,
            observed,
            views,
            likes,
            dislikes: ratings(columns.dislikes)?,
            subscribers: count(columns.subscribers)?.and_then(|count| i32::try_from(count).ok()),
            title: fit(&fields.line(title, repairs), 500),
            channel_name,
            description: columns.description.map(|column| {
                let text = if fields.is_missing(column) { "".into() } else { fields.text(column) };
                if columns.has_escaped_lines {
                    fit(&text.replace("\\n", "\n"), 5000)
                } else {
                    fit(&text, 5000)
                }
            }),
            tags: columns.tags.map(|column| split_tags(&fields.line(column, repairs), repairs)),
            thumbnail_url: present(columns.thumbnail)
                .and_then(|column| thumbnail_url(&fields.text(column))),
            details: parse_details(columns, &fields),
            truncated,
        }))
    }

    fn memory_bytes(&self) -> usize {
        let tags = self.tags.iter().flatten().map(String::len).sum::<usize>();
        self.title.len() + self.description.as_ref().map_or(0, String::len) + tags
    }
}

/// The time in the row, or that of the file.
fn observed(
    columns: &VideoColumns,
    header: &Header,
    fields: &Fields<'_>,
) -> Result<DateTime<Utc>, RowIssue> {
    let default = header.context.observed;
    match columns.observed {
        Some(column) if default.is_none() || !fields.is_missing(column) => {
            fields.past_timestamp(column)
        }
        _ => default.ok_or(RowIssue::Missing { field: "the day of observation".into() }),
    }
}

/// A URL of at most 200 characters: a truncated URL would be useless.
fn thumbnail_url(text: &str) -> Option<String> {
    let text = text.trim();
    let usable = text.chars().count() <= 200 && !text.contains(['\r', '\n']);
    usable.then(|| text.to_owned())
}
