//! Parses rows of video files: one video on one day.

use super::{
    columns::{VideoColumns, find_observed},
    details::parse_details,
};
use crate::{
    column_fit::{
        ColumnFit, MAX_CHANNEL_ID, MAX_CHANNEL_NAME, MAX_DESCRIPTION, MAX_TITLE,
        is_url_short_enough, truncate,
    },
    files::{
        Fields, Header, HeaderError, Record, RowIssue, TableRow, VIDEO_ID_LENGTH, ignore_invalid,
        split_tags,
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

/// Texts by which spreadsheets replace what they read as an invalid formula.
const SPREADSHEET_ERRORS: [&str; 6] = ["#NAME?", "#REF!", "#VALUE!", "#N/A", "#DIV/0!", "#ERROR!"];

impl TableRow for VideoObservation {
    type Columns = VideoColumns;

    fn find_columns(header: &Header) -> Result<VideoColumns, HeaderError> {
        VideoColumns::find(header)
    }

    fn date_columns(columns: &VideoColumns) -> Vec<usize> {
        [columns.published, columns.observed].into_iter().flatten().collect()
    }

    fn find_observation(header: &Header) -> Option<usize> {
        find_observed(header)
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
        issues: &mut Vec<RowIssue>,
    ) -> Result<Option<Self>, RowIssue> {
        let fields = Fields::new(header, record)?;
        let row = VideoRow { columns, header, fields: &fields };
        let mut fit = ColumnFit::default();
        row.check_site()?;
        let video_id = row.video_id(issues)?;
        let published = fields.publication_time(required(columns.published, "publishedAt")?)?;
        let channel_name = row.channel_name(&mut fit, issues);
        let channel_id = row.channel_id(channel_name.as_deref(), issues)?;
        let observed = row.observed(published)?;
        let views = row.filled(required(columns.views, "view_count")?)?;
        let title = row.title_column()?;
        let (views, likes) = (fields.count(views)?, row.ratings(columns.likes, issues));
        row.warn(&video_id, (views, likes), title, issues);
        Ok(Some(Self {
            video_id,
            published,
            channel_id,
            observed,
            views,
            likes,
            dislikes: row.ratings(columns.dislikes, issues),
            subscribers: row.subscribers(issues),
            title: fit.text(fields.title(title, issues).trim(), MAX_TITLE),
            channel_name,
            description: row.description().map(|text| fit.text(&text, MAX_DESCRIPTION)),
            tags: columns.tags.map(|column| split_tags(&fields.line(column, issues), issues)),
            thumbnail_url: row
                .present(columns.thumbnail)
                .and_then(|column| thumbnail_url(&fields.text(column))),
            details: parse_details(columns, &fields, issues),
            has_truncated_text: fit.has_truncated(),
        }))
    }

    fn undated_views(&self, default: DateTime<Utc>) -> Option<(&str, i64)> {
        (self.observed == default).then_some((&self.video_id, self.views))
    }

    fn memory_bytes(&self) -> usize {
        let tags = self.tags.iter().flatten().map(String::len).sum::<usize>();
        self.title.len() + self.description.as_ref().map_or(0, String::len) + tags
    }
}

/// The fields of a row, with the columns of a video.
struct VideoRow<'a> {
    columns: &'a VideoColumns,
    header: &'a Header,
    fields: &'a Fields<'a>,
}

impl<'a> VideoRow<'a> {
    /// An error if yt-dlp has read the video from another site.
    fn check_site(&self) -> Result<(), RowIssue> {
        let Some(column) = self.present(self.columns.site) else { return Ok(()) };
        let site = self.fields.text(column);
        if site.trim().to_lowercase().starts_with("youtube") {
            return Ok(());
        }
        Err(RowIssue::OtherSite { site: truncate(site.trim(), MAX_CHANNEL_NAME).0.to_owned() })
    }

    fn video_id(&self, issues: &mut Vec<RowIssue>) -> Result<String, RowIssue> {
        let first = self.columns.video_id;
        let has_no_id = self.fields.is_missing(first) || self.fields.is_url_of_other_page(first);
        let column = self.columns.other_id.filter(|_| has_no_id).unwrap_or(first);
        if self.fields.is_missing(column) {
            return Err(RowIssue::Missing { field: "video_id".into() });
        }
        let id = self.fields.id(column, 100, issues)?;
        if id.len() > VIDEO_ID_LENGTH || self.fields.is_url_of_other_page(column) {
            let (column, value) = (self.header.name(column), truncate(&id, 40).0.to_owned());
            return Err(RowIssue::OtherId { column, value });
        }
        // The last row of some exports.
        if id.eq_ignore_ascii_case("total") {
            let column = self.header.name(column);
            return Err(RowIssue::Id { column, value: id });
        }
        if id.len() < VIDEO_ID_LENGTH && id.bytes().all(|byte| byte.is_ascii_digit()) {
            let column = self.header.name(column);
            return Err(RowIssue::NumericId { column, value: id });
        }
        Ok(id)
    }

    fn channel_name(&self, fit: &mut ColumnFit, issues: &mut Vec<RowIssue>) -> Option<String> {
        let name = self.fields.title(self.present(self.columns.channel_name)?, issues);
        let name = fit.text(name.trim(), MAX_CHANNEL_NAME);
        Some(name).filter(|name| !name.is_empty() && !is_channel_id(name))
    }

    /// The id of the channel, or an id made from its name if the id is missing, another text, a
    /// handle or a row number. The column of the name may have the id.
    fn channel_id(
        &self,
        name: Option<&str>,
        issues: &mut Vec<RowIssue>,
    ) -> Result<String, RowIssue> {
        let is_number = |column| {
            let text = self.fields.text(column);
            let text = text.trim();
            text.strip_suffix(".0").unwrap_or(text).parse::<u64>().is_ok()
        };
        // Unlike `#NAME?`, which has replaced an id.
        let is_other_text = |column| {
            let text = self.fields.text(column);
            text.trim().contains(|c: char| c == ' ' || !c.is_ascii() && c.is_alphabetic())
        };
        let by_name = |name: &str| format!("{CHANNEL_NAME_PREFIX}{name}");
        let is_id = |column| !self.fields.is_handle(column) && !is_number(column);
        let id = self.present(self.columns.channel_id);
        let id_as_name = self.present(self.columns.channel_name).filter(|_| name.is_none());
        match (id.or(id_as_name), name) {
            (Some(column), None) if is_number(column) => {
                let value = self.fields.text(column).trim().to_owned();
                Err(RowIssue::Id { column: self.header.name(column), value })
            }
            (Some(column), Some(name)) if is_id(column) && is_other_text(column) => {
                let id = self.fields.id(column, MAX_CHANNEL_ID, issues).map(Some);
                Ok(ignore_invalid(id, issues).unwrap_or_else(|| by_name(name)))
            }
            (Some(column), name) if name.is_none() || is_id(column) => {
                self.fields.id(column, MAX_CHANNEL_ID, issues)
            }
            (_, Some(name)) => Ok(by_name(name)),
            _ => Err(RowIssue::Missing { field: "channelId".into() }),
        }
    }

    /// The time of observation in the row, or else of the file; not before the publication.
    fn observed(&self, published: DateTime<Utc>) -> Result<DateTime<Utc>, RowIssue> {
        let default = self.header.context.observed;
        let observed = match self.columns.observed {
            Some(column) if self.is_publication(column, published) => default.ok_or_else(|| {
                let field = "the day of observation (timestamp is the publication)".into();
                RowIssue::Missing { field }
            })?,
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

    /// Whether the column has the time of publication, as in tables with the columns `upload_date`
    /// (`20261110`) and `timestamp` (seconds since 1970) of yt-dlp.
    fn is_publication(&self, column: usize, published: DateTime<Utc>) -> bool {
        let is_number = |column: usize| self.fields.text(column).trim().parse::<f64>().is_ok();
        let upload_date = self.header.find(&["upload_date"]);
        self.header.find(&["timestamp"]) == Some(column)
            && upload_date.is_some()
            && upload_date == self.columns.published
            && upload_date.is_some_and(is_number)
            && is_number(column)
            && self
                .fields
                .timestamp(column)
                .is_ok_and(|time| time.date_naive() == published.date_naive())
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

    fn count(&self, column: Option<usize>, issues: &mut Vec<RowIssue>) -> Option<i64> {
        ignore_invalid(self.fields.optional_count(column?), issues)
    }

    /// The number of likes or dislikes; 0 is unknown if ratings are disabled.
    fn ratings(&self, column: Option<usize>, issues: &mut Vec<RowIssue>) -> Option<i64> {
        let are_disabled = self.fields.is_true(self.columns.ratings_disabled);
        self.count(column, issues).filter(|count| *count > 0 || !are_disabled)
    }

    fn subscribers(&self, issues: &mut Vec<RowIssue>) -> Option<i32> {
        let is_hidden = self.fields.is_true(self.columns.hidden_subscribers);
        let column = self.columns.subscribers.filter(|_| !is_hidden);
        self.count(column, issues).and_then(|count| i32::try_from(count).ok())
    }

    /// Adds warnings of values that are valid but look wrong.
    fn warn(
        &self,
        video_id: &str,
        (views, likes): (i64, Option<i64>),
        title: usize,
        issues: &mut Vec<RowIssue>,
    ) {
        if video_id.len() != VIDEO_ID_LENGTH {
            issues.push(RowIssue::UnusualId { id: video_id.to_owned() });
        }
        if likes.is_some_and(|likes| likes > views) {
            issues.push(RowIssue::MoreLikesThanViews);
        }
        let text = self.fields.text(title);
        if SPREADSHEET_ERRORS.contains(&text.trim()) {
            let (column, value) = (self.header.name(title), text.trim().to_owned());
            issues.push(RowIssue::SpreadsheetError { column, value });
        }
        let mut names = [Some(title), self.columns.channel_name].into_iter().flatten();
        issues.extend(names.find_map(|name| self.fields.find_mojibake(name)));
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

/// Whether a text is YouTube's id of a channel.
fn is_channel_id(text: &str) -> bool {
    let is_usual = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    text.len() == 24 && text.starts_with("UC") && text.bytes().all(is_usual)
}

/// A URL of a picture that fits its column.
fn thumbnail_url(text: &str) -> Option<String> {
    let text = text.trim();
    let is_url = text.starts_with("https://") || text.starts_with("http://");
    let usable = is_url && is_url_short_enough(text) && !text.contains(['\r', '\n']);
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
            assert!(issues[0].is_row_imported());
        }
    }

    #[test]
    fn link_is_preferred_to_column_id() {
        let (row, _) = parse("id,videoLink", "1,https://youtu.be/fmt00000001");
        assert_eq!(row.unwrap().video_id, "fmt00000001");
    }
}
