//! The simulated channels as sources for a collector.

use crate::{Catalog, server::category_name};
use chrono::{DateTime, Utc};
use std::io;

/// Writes the channels that exist at `at` as CSV with the columns `channel_id`, `title` and
/// `category`, which `createtrend source import` reads.
pub fn write_sources(catalog: &Catalog, at: DateTime<Utc>, to: impl io::Write) -> csv::Result<()> {
    let mut rows = csv::Writer::from_writer(to);
    rows.write_record(["channel_id", "title", "category"])?;
    for channel in catalog.channel_ids().filter_map(|id| catalog.channel_at(id, at)) {
        let category = category_name(channel.category).unwrap_or_default();
        rows.write_record([channel.id.as_str(), &channel.title, category])?;
    }
    rows.flush()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_the_existing_channels_with_titles_and_categories() {
        let catalog = Catalog::new(1, 30).unwrap();
        let at = "2026-11-22T03:00:00Z".parse().unwrap();
        let mut text = Vec::new();
        write_sources(&catalog, at, &mut text).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_slice());
        assert_eq!(reader.headers().unwrap(), vec!["channel_id", "title", "category"]);
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let existing: Vec<_> =
            catalog.channel_ids().filter_map(|id| catalog.channel_at(id, at)).collect();
        assert!(rows.len() > 20);
        assert_eq!(rows.len(), existing.len());
        for (row, channel) in rows.iter().zip(&existing) {
            assert_eq!([&row[0], &row[1]], [channel.id.as_str(), &channel.title]);
            assert!(!row[2].is_empty(), "{row:?}");
        }
    }
}
