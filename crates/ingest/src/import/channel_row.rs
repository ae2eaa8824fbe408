//! Parses rows of channel files: the counts of one channel on one day.

use super::columns::ChannelColumns;
use crate::{
    files::{Fields, Header, MissingColumn, Record, RowIssue, TableRow, truncate},
    observation::ChannelObservation,
};
use common::time::seoul_day;
use std::borrow::Cow;

impl TableRow for ChannelObservation {
    type Columns = ChannelColumns;

    fn find_columns(header: &Header) -> Result<ChannelColumns, MissingColumn> {
        ChannelColumns::find(header)
    }

    fn date_columns(columns: &ChannelColumns) -> Vec<usize> {
        [columns.start_date, columns.observed].into_iter().flatten().collect()
    }

    fn has_observation_date(columns: &ChannelColumns) -> bool {
        columns.observed.is_some()
    }

    fn used_columns(columns: &ChannelColumns, _: &Header) -> Vec<usize> {
        columns.used_columns()
    }

    /// `None` if the number of subscribers is hidden.
    fn parse(
        columns: &ChannelColumns,
        header: &Header,
        record: &Record,
        repairs: &mut Vec<RowIssue>,
    ) -> Result<Option<Self>, RowIssue> {
        let fields = Fields::new(header, record)?;
        let filled = |column: Option<usize>| column.filter(|column| !fields.is_missing(*column));
        let channel_id = fields.id(columns.channel_id, 200, repairs)?;
        let Some(subscribers) = filled(columns.subscribers) else {
            return Ok(None);
        };
        let mut truncated = false;
        let mut fit = |text: Cow<'_, str>, max_length| {
            let text = truncate(&text, max_length);
            truncated |= text.1;
            text.0.to_owned()
        };
        let thumbnail = filled(columns.thumbnail).map(|column| fields.text(column).into_owned());
        let observed = filled(columns.observed).map(|column| fields.past_timestamp(column));
        let start_date = filled(columns.start_date).map(|column| fields.timestamp(column));
        Ok(Some(Self {
            channel_id,
            subscribers: i32::try_from(fields.count(subscribers)?)
                .map_err(|_| fields.too_large(subscribers))?,
            views: filled(columns.views).map(|column| fields.count(column)).transpose()?,
            start_date: start_date.transpose()?.map(seoul_day),
            observed: observed.transpose()?.or(header.context.observed),
            name: filled(columns.name).map(|column| fit(fields.line(column, repairs), 100)),
            description: filled(columns.description).map(|column| fit(fields.text(column), 3000)),
            thumbnail_url: thumbnail.filter(|address| address.chars().count() <= 200),
            truncated,
        }))
    }

    fn memory_bytes(&self) -> usize {
        self.description.as_ref().map_or(0, String::len)
    }
}
