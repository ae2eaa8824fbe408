//! Parses rows of video files: one video on one day.

use super::{columns::VideoColumns, details::parse_details};
use crate::{
    files::{
        Fields, Header, MissingColumn, Record, RowIssue, TableRow, or_ignored, split_tags, truncate,
    },
    load::CHANNEL_NAME_PREFIX,
    observation::VideoObservation,
};
use chrono::{DateTime, TimeDelta, Utc};
use common::time::seoul_day;

/// The maximum time by which an observation may precede the publication: some files have days
/// without times, or times without an offset.
const PUBLICATION_TOLERANCE: TimeDelta = TimeDelta::days(2);

/// The length of YouTube's video ids.
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
        if video_id.len() < VIDEO_ID_LENGTH && video_id.bytes().all(|byte| byte.is_ascii_digit()) {
            let column = header.name(columns.video_id);
            return Err(RowIssue::NumericId { column, value: video_id });
        }
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
        let count = |column: Option<usize>, repairs: &mut Vec<RowIssue>| {
            or_ignored(fields.optional_count(column?), repairs)
        };
        let has_no_ratings = fields.is_true(columns.ratings_disabled);
        let ratings = |column, repairs: &mut Vec<RowIssue>| {
            count(column, repairs).filter(|count| *count > 0 || !has_no_ratings)
        };
        let title = required(columns.title, "title")?;
        if fields.is_empty(title) {
            return Err(RowIssue::Missing { field: header.name(title).into() });
        }
        let is_hidden = fields.is_true(columns.hidden_subscribers);
        let (views, likes) = (fields.count(views)?, ratings(columns.likes, repairs));
        if video_id.len() != VIDEO_ID_LENGTH {
            repairs.push(RowIssue::UnusualId { id: video_id.clone() });
        }
        if likes.is_some_and(|likes| likes > views) {
            repairs.push(RowIssue::MoreLikesThanViews);
        }
        let names = [Some(title), columns.channel_name];
        repairs.extend(names.into_iter().flatten().find_map(|name| fields.find_mojibake(name)));
        Ok(Some(Self {
            video_id,
            published,
            channel_id,
            observed,
            views,
            likes,
            dislikes: ratings(columns.dislikes, repairs),
            subscribers: count(columns.subscribers.filter(|_| !is_hidden), repairs)
                .and_then(|count| i32::try_from(count).ok()),
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

/// The time of observation in the row, or else of the file.
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

#[cfg(test)]
mod tests {
    use crate::{
        files::{ReadOptions, RowIssue, Table},
        observation::VideoObservation,
    };
    use std::path::Path;

    const HEADER: &str = "title,publishedAt,channelId,view_count,date";
    const REST: &str = "제목,2020-08-09,UC1,100,2020-08-12";

    /// The row of a file with one more column, `name`, and its issues.
    fn parse(name: &str, value: &str) -> (Option<VideoObservation>, Vec<RowIssue>) {
        let content = format!("{name},{HEADER}\n{value},{REST}\n");
        let options = ReadOptions::default();
        let mut table =
            Table::<VideoObservation, _>::read(Path::new("-"), content.as_bytes(), options)
                .unwrap();
        let parsed = table.next_row().unwrap();
        (parsed.row, parsed.issues)
    }

    #[test]
    fn row_number_as_video_id_is_rejected() {
        for id in ["1", "2024", "1234567890"] {
            let (row, issues) = parse("id", id);
            assert!(row.is_none(), "{id}");
            assert!(matches!(issues[..], [RowIssue::NumericId { .. }]), "{id}: {issues:?}");
        }
        let (row, issues) = parse("id", "12345678901");
        assert_eq!((row.unwrap().video_id.as_str(), issues), ("12345678901", vec![]));
    }

    #[test]
    fn invalid_optional_counts_are_reported_and_ignored() {
        for value in ["비공개", "-1", "1.2K"] {
            let (row, issues) = parse("video_id,likes", &format!("fmt00000001,{value}"));
            let row = row.unwrap();
            assert_eq!((row.views, row.likes), (100, None), "{value}");
            let expected = format!("likes is not a count: {value:?}; the value is ignored");
            assert_eq!(issues.iter().map(ToString::to_string).collect::<Vec<_>>(), [expected]);
            assert!(issues[0].is_repaired());
        }
    }

    #[test]
    fn link_is_preferred_to_column_id() {
        let (row, _) = parse("id,videoLink", "1,https://youtu.be/fmt00000001");
        assert_eq!(row.unwrap().video_id, "fmt00000001");
    }
}
