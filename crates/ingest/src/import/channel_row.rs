//! Parses rows of channel files: the counts of one channel on one day.

use super::columns::{ChannelColumns, find_observed};
use crate::{
    column_fit::{
        ColumnFit, MAX_CHANNEL_DESCRIPTION, MAX_CHANNEL_ID, MAX_CHANNEL_NAME, is_url_short_enough,
    },
    files::{Fields, Header, HeaderError, Record, RowIssue, TableRow, ignore_invalid},
    observation::ChannelObservation,
};
use common::time::seoul_day;

impl TableRow for ChannelObservation {
    type Columns = ChannelColumns;

    fn find_columns(header: &Header) -> Result<ChannelColumns, HeaderError> {
        ChannelColumns::find(header)
    }

    fn date_columns(columns: &ChannelColumns) -> Vec<usize> {
        [columns.start_date, columns.observed].into_iter().flatten().collect()
    }

    fn find_observation(header: &Header) -> Option<usize> {
        find_observed(header)
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
        issues: &mut Vec<RowIssue>,
    ) -> Result<Option<Self>, RowIssue> {
        let fields = Fields::new(header, record)?;
        let filled = |column: Option<usize>| column.filter(|column| !fields.is_missing(*column));
        let channel_id = fields.id(columns.channel_id, MAX_CHANNEL_ID, issues)?;
        if channel_id.bytes().all(|byte| byte.is_ascii_digit()) {
            let column = header.name(columns.channel_id);
            return Err(RowIssue::Id { column, value: channel_id });
        }
        let is_hidden = fields.is_true(columns.hidden_subscribers);
        let Some(subscribers) = filled(columns.subscribers).filter(|_| !is_hidden) else {
            return Ok(None);
        };
        let mut fit = ColumnFit::default();
        let thumbnail = filled(columns.thumbnail).map(|column| fields.text(column).into_owned());
        let observed = filled(columns.observed).map(|column| fields.past_timestamp(column));
        let views = filled(columns.views).map(|column| fields.count(column));
        let uploads = filled(columns.uploads).map(|column| fields.count(column));
        let start_date = filled(columns.start_date).map(|column| fields.timestamp(column));
        Ok(Some(Self {
            channel_id,
            subscribers: i32::try_from(fields.count(subscribers)?)
                .map_err(|_| fields.too_large(subscribers))?,
            views: ignore_invalid(views.transpose(), issues),
            uploads: ignore_invalid(uploads.transpose(), issues),
            start_date: ignore_invalid(start_date.transpose(), issues).map(seoul_day),
            observed: observed.transpose()?.or(header.context.observed),
            name: filled(columns.name)
                .map(|column| fit.text(fields.line(column, issues).trim(), MAX_CHANNEL_NAME)),
            description: filled(columns.description)
                .map(|column| fit.text(&fields.text(column), MAX_CHANNEL_DESCRIPTION)),
            thumbnail_url: thumbnail
                .filter(|url| url.starts_with("http") && is_url_short_enough(url)),
            has_truncated_text: fit.has_truncated(),
        }))
    }

    fn memory_bytes(&self) -> usize {
        self.description.as_ref().map_or(0, String::len)
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        files::{ReadOptions, RowIssue, Table},
        observation::ChannelObservation,
    };
    use std::path::Path;

    /// The channels of a file with their subscribers. No row may be invalid.
    fn parse(content: &str) -> Vec<(String, i32)> {
        let options = ReadOptions::default();
        let mut table =
            Table::<ChannelObservation, _>::read(Path::new("-"), content.as_bytes(), options)
                .unwrap();
        let mut channels = Vec::new();
        while let Some(parsed) = table.next_row() {
            assert_eq!(parsed.issues, []);
            channels.extend(parsed.row.map(|row| (row.channel_id, row.subscribers)));
        }
        channels
    }

    #[test]
    fn invalid_optional_values_are_reported_and_ignored() {
        let content = "channelId,subscribers,viewCount,joined\nUC1,7,many,\"Joined Nov 5 2010\"\n";
        let options = ReadOptions::default();
        let mut table =
            Table::<ChannelObservation, _>::read(Path::new("-"), content.as_bytes(), options)
                .unwrap();
        let parsed = table.next_row().unwrap();
        let row = parsed.row.unwrap();
        assert_eq!((row.subscribers, row.views, row.start_date), (7, None, None));
        assert_eq!(parsed.issues.len(), 2);
        assert!(parsed.issues.iter().all(RowIssue::is_row_imported));
    }

    #[test]
    fn row_number_as_channel_id_is_rejected() {
        let content = "id,subscribers\n17,5\n";
        let options = ReadOptions::default();
        let mut table =
            Table::<ChannelObservation, _>::read(Path::new("-"), content.as_bytes(), options)
                .unwrap();
        let parsed = table.next_row().unwrap();
        assert!(matches!(parsed.issues[..], [RowIssue::Id { .. }]), "{:?}", parsed.issues);
    }

    #[test]
    fn hidden_subscriber_counts_are_ignored() {
        let resource = |kind: &str, id: &str, statistics: &str| {
            format!(r#"{{{kind}"id": "{id}", "statistics": {{"viewCount": "9", {statistics}}}}}"#)
        };
        let hidden = r#""subscriberCount": "0", "hiddenSubscriberCount": true"#;
        let counted = r#""subscriberCount": "7", "hiddenSubscriberCount": false"#;
        for content in [
            "channelId,subscriberCount,hiddenSubscriberCount\nUC1,0,True\nUC2,7,False\n".to_owned(),
            "channelId,subscribers,channel_have_hidden_subscribers\nUC1,0,1\nUC2,7,\n".to_owned(),
            [
                resource(r#""kind": "youtube#channel", "#, "UC1", hidden),
                resource(r#""kind": "youtube#channel", "#, "UC2", counted),
            ]
            .join("\n"),
            // Without `kind`, as with `fields=items(id,statistics)`.
            [resource("", "UC1", r#""hiddenSubscriberCount": true"#), resource("", "UC2", counted)]
                .join("\n"),
        ] {
            assert_eq!(parse(&content), [("UC2".to_owned(), 7)], "{content}");
        }
    }
}
