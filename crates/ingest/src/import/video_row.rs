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
use std::borrow::Cow;

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
        let row = VideoRow { columns, header, fields: &fields };
        let mut limit = LengthLimit::default();
        let video_id = row.video_id(repairs)?;
        let published = fields.publication_time(required(columns.published, "publishedAt")?)?;
        let channel_name = row.channel_name(&mut limit, repairs);
        let channel_id = row.channel_id(channel_name.as_deref(), repairs)?;
        let observed = row.observed(published)?;
        let views = row.filled(required(columns.views, "view_count")?)?;
        let title = row.title_column()?;
        let (views, likes) = (fields.count(views)?, row.ratings(columns.likes, repairs));
        row.warn(&video_id, (views, likes), title, repairs);
        Ok(Some(Self {
            video_id,
            published,
            channel_id,
            observed,
            views,
            likes,
            dislikes: row.ratings(columns.dislikes, repairs),
            subscribers: row.subscribers(repairs),
            title: limit.apply(&fields.line(title, repairs), 500),
            channel_name,
            description: row.description().map(|text| limit.apply(&text, 5000)),
            tags: columns.tags.map(|column| split_tags(&fields.line(column, repairs), repairs)),
            thumbnail_url: row
                .present(columns.thumbnail)
                .and_then(|column| thumbnail_url(&fields.text(column))),
            details: parse_details(columns, &fields),
            truncated: limit.has_truncated,
        }))
    }

    fn memory_bytes(&self) -> usize {
        let tags = self.tags.iter().flatten().map(String::len).sum::<usize>();
        self.title.len() + self.description.as_ref().map_or(0, String::len) + tags
    }
}

/// Truncates texts to the lengths of their columns.
#[derive(Default)]
struct LengthLimit {
    has_truncated: bool,
}

impl LengthLimit {
    fn apply(&mut self, text: &str, max_length: usize) -> String {
        let (text, is_truncated) = truncate(text, max_length);
        self.has_truncated |= is_truncated;
        text.to_owned()
    }
}

/// The fields of a row, with the columns of a video.
struct VideoRow<'a> {
    columns: &'a VideoColumns,
    header: &'a Header,
    fields: &'a Fields<'a>,
}

impl<'a> VideoRow<'a> {
    fn video_id(&self, repairs: &mut Vec<RowIssue>) -> Result<String, RowIssue> {
        let id = self.fields.id(self.columns.video_id, 100, repairs)?;
        if id.len() < VIDEO_ID_LENGTH && id.bytes().all(|byte| byte.is_ascii_digit()) {
            let column = self.header.name(self.columns.video_id);
            return Err(RowIssue::NumericId { column, value: id });
        }
        Ok(id)
    }

    fn channel_name(&self, limit: &mut LengthLimit, repairs: &mut Vec<RowIssue>) -> Option<String> {
        let name = self.fields.line(self.columns.channel_name?, repairs);
        Some(limit.apply(&name, MAX_NAME_CHARACTERS)).filter(|name| !name.trim().is_empty())
    }

    /// The id of the channel, or an id made from its name if the id is missing or a handle.
    fn channel_id(
        &self,
        name: Option<&str>,
        repairs: &mut Vec<RowIssue>,
    ) -> Result<String, RowIssue> {
        match (self.present(self.columns.channel_id), name) {
            (Some(column), name) if name.is_none() || !self.fields.is_handle(column) => {
                self.fields.id(column, 200, repairs)
            }
            (_, Some(name)) => Ok(format!("{CHANNEL_NAME_PREFIX}{}", name.trim())),
            _ => Err(RowIssue::Missing { field: "channelId".into() }),
        }
    }

    /// The time of observation in the row, or else of the file; not before the publication.
    fn observed(&self, published: DateTime<Utc>) -> Result<DateTime<Utc>, RowIssue> {
        let default = self.header.context.observed;
        let observed = match self.columns.observed {
            Some(column) if default.is_none() || !self.fields.is_missing(column) => {
                self.fields.past_timestamp(column)?
            }
            _ => default.ok_or(RowIssue::Missing { field: "the day of observation".into() })?,
        };
        if observed + PUBLICATION_TOLERANCE < published {
            let (observed, published) = (seoul_day(observed), seoul_day(published));
            return Err(RowIssue::BeforePublication { observed, published });
        }
        Ok(observed)
    }

    fn title_column(&self) -> Result<usize, RowIssue> {
        let title = required(self.columns.title, "title")?;
        if self.fields.is_empty(title) {
            return Err(RowIssue::Missing { field: self.header.name(title).into() });
        }
        Ok(title)
    }

    fn description(&self) -> Option<Cow<'a, str>> {
        let column = self.columns.description?;
        if self.fields.is_missing(column) {
            return Some("".into());
        }
        let text = self.fields.text(column);
        let has_escapes = self.columns.has_escaped_lines;
        Some(if has_escapes { text.replace("\\n", "\n").into() } else { text })
    }

    fn count(&self, column: Option<usize>, repairs: &mut Vec<RowIssue>) -> Option<i64> {
        or_ignored(self.fields.optional_count(column?), repairs)
    }

    /// The number of likes or dislikes; 0 is unknown if ratings are disabled.
    fn ratings(&self, column: Option<usize>, repairs: &mut Vec<RowIssue>) -> Option<i64> {
        let are_disabled = self.fields.is_true(self.columns.ratings_disabled);
        self.count(column, repairs).filter(|count| *count > 0 || !are_disabled)
    }

    fn subscribers(&self, repairs: &mut Vec<RowIssue>) -> Option<i32> {
        let is_hidden = self.fields.is_true(self.columns.hidden_subscribers);
        let column = self.columns.subscribers.filter(|_| !is_hidden);
        self.count(column, repairs).and_then(|count| i32::try_from(count).ok())
    }

    /// Adds warnings of values that are valid but look wrong.
    fn warn(
        &self,
        video_id: &str,
        (views, likes): (i64, Option<i64>),
        title: usize,
        repairs: &mut Vec<RowIssue>,
    ) {
        if video_id.len() != VIDEO_ID_LENGTH {
            repairs.push(RowIssue::UnusualId { id: video_id.to_owned() });
        }
        if likes.is_some_and(|likes| likes > views) {
            repairs.push(RowIssue::MoreLikesThanViews);
        }
        let mut names = [Some(title), self.columns.channel_name].into_iter().flatten();
        repairs.extend(names.find_map(|name| self.fields.find_mojibake(name)));
    }

    /// The column, if it has a value.
    fn present(&self, column: Option<usize>) -> Option<usize> {
        column.filter(|column| !self.fields.is_missing(*column))
    }

    /// The column; an error if it has no value.
    fn filled(&self, column: usize) -> Result<usize, RowIssue> {
        let is_missing = || RowIssue::Missing { field: self.header.name(column).into() };
        self.present(Some(column)).ok_or_else(is_missing)
    }
}

/// The column; an error if the file lacks it.
fn required(column: Option<usize>, field: &'static str) -> Result<usize, RowIssue> {
    column.ok_or(RowIssue::Missing { field: field.into() })
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
