//! Parsing a row of the file of channels: the counts of one channel on one day.

use crate::{
    files::{Fields, Header, MissingColumn, Reason, Record, TableRow, truncate},
    observation::ChannelObservation,
};
use common::time::seoul_day;
use std::borrow::Cow;

/// The positions of the columns; all but the first two are optional.
pub struct ChannelColumns {
    channel_id: usize,
    subscribers: usize,
    views: Option<usize>,
    name: Option<usize>,
    description: Option<usize>,
    start_date: Option<usize>,
    thumbnail: Option<usize>,
    observed: Option<usize>,
}

impl TableRow for ChannelObservation {
    type Columns = ChannelColumns;

    fn columns(header: &Header) -> Result<ChannelColumns, MissingColumn> {
        let find = |names: &[&'static str]| header.find(names).ok_or(MissingColumn(names[0]));
        Ok(ChannelColumns {
            channel_id: find(&["channelId", "channel_id"])?,
            subscribers: find(&["subscribers", "subscriberCount", "subscriber_num"])?,
            views: header.find(&["viewCount", "view_count", "views"]),
            name: header.find(&["title", "channelTitle"]),
            description: header.find(&["description"]),
            start_date: header.find(&["publishedAt", "start_date"]),
            thumbnail: header.find(&["thumbnail", "thumbnail_link", "thumbnail_url"]),
            observed: header.find(&["date", "check_date"]),
        })
    }

    fn parse(
        columns: &ChannelColumns,
        header: &Header,
        record: &Record,
        repaired: &mut Vec<Reason>,
    ) -> Result<Self, Reason> {
        let fields = Fields::new(header, record)?;
        let filled = |column: Option<usize>| column.filter(|column| !fields.is_empty(*column));
        let mut truncated = false;
        let mut fit = |text: Cow<'_, str>, max_length| {
            let text = truncate(&text, max_length);
            truncated |= text.1;
            text.0.to_owned()
        };
        let timestamp = |column| filled(column).map(|column| fields.timestamp(column)).transpose();
        let thumbnail = filled(columns.thumbnail).map(|column| fields.text(column).into_owned());
        Ok(Self {
            channel_id: fields.id(columns.channel_id, 200)?,
            subscribers: i32::try_from(fields.count(columns.subscribers)?)
                .map_err(|_| fields.too_large(columns.subscribers))?,
            views: filled(columns.views).map(|column| fields.count(column)).transpose()?,
            start_date: timestamp(columns.start_date)?.map(seoul_day),
            observed: timestamp(columns.observed)?,
            name: filled(columns.name).map(|column| fit(fields.line(column, repaired), 100)),
            description: filled(columns.description).map(|column| fit(fields.text(column), 3000)),
            thumbnail_url: thumbnail.filter(|address| address.chars().count() <= 200),
            truncated,
        })
    }

    fn size(&self) -> usize {
        self.description.as_ref().map_or(0, String::len)
    }
}
