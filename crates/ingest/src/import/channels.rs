//! Loading observations of channels.

use super::{
    ImportJob,
    chunks::{Chunk, read},
    error::ImportError,
};
use crate::{
    load::{Batch, Loaded, NewChannel, NewChannelViews, NewSubscribers, load},
    observation::ChannelObservation,
    progress::Unit,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use common::{db::ADVANCE_DATA_VERSION, time::seoul_day};
use std::{
    collections::{HashMap, HashSet},
    path::Path,
};
use tokio_postgres::{GenericClient, Transaction};

const DESCRIBE: &str = include_str!("sql/describe_channels.sql");
const MARK_TOUCHED: &str = include_str!("sql/mark_touched.sql");

#[derive(Debug, Default)]
pub(super) struct ChannelsLoaded {
    pub rows: u64,
    /// Valid rows with a truncated text.
    pub truncated: u64,
    pub loaded: Loaded,
}

/// The times of observations.
#[derive(Debug, Clone, Copy)]
pub(super) struct ObservationTimes {
    /// The shift of all times.
    pub shift: TimeDelta,
    /// The time of observations without one.
    pub newest: DateTime<Utc>,
}

/// Loads `file`. Channels without a stored video are skipped.
pub(super) async fn load_channels(
    client: &mut impl GenericClient,
    file: &Path,
    times: ObservationTimes,
    job: &mut ImportJob<'_, '_>,
) -> Result<ChannelsLoaded, ImportError> {
    let bytes = file.metadata().map_or(0, |metadata| metadata.len());
    let mut task = job.progress.start("importing channels", Unit::Bytes, bytes);
    let mut chunks = read::<ChannelObservation>(vec![file.to_owned()], job.options.batch_rows);
    let mut sum = ChannelsLoaded::default();
    while let Some(chunk) = chunks.recv().await {
        let Chunk { rows, reports, position, .. } = chunk?;
        for (line, reasons) in reports {
            job.reports.add(file, line, &reasons)?;
        }
        sum.rows += rows.len() as u64;
        sum.truncated += rows.iter().filter(|row| row.truncated).count() as u64;
        let transaction = client.transaction().await?;
        sum.loaded += load_batch(&transaction, rows, times).await?;
        transaction.commit().await?;
        task.set_position(position);
    }
    task.finish();
    Ok(sum)
}

/// Loads observations, and marks their channels for [`super::derive()`].
pub(super) async fn load_batch(
    transaction: &Transaction<'_>,
    observations: Vec<ChannelObservation>,
    times: ObservationTimes,
) -> Result<Loaded, ImportError> {
    let loaded = load(transaction, &assemble(observations, times)).await?;
    transaction.batch_execute(DESCRIBE).await?;
    transaction.batch_execute(MARK_TOUCHED).await?;
    transaction.execute(ADVANCE_DATA_VERSION, &[]).await?;
    Ok(loaded)
}

/// Groups observations into a batch without duplicate channels or days of a channel; the first
/// observation of each is kept.
fn assemble(rows: Vec<ChannelObservation>, times: ObservationTimes) -> Batch {
    let mut batch = Batch::default();
    let mut channels: HashMap<String, i32> = HashMap::new();
    let mut days: HashSet<(i32, NaiveDate)> = HashSet::new();
    for row in rows {
        let next = i32::try_from(batch.channels.len()).unwrap_or(i32::MAX);
        let channel = *channels.entry(row.channel_id.clone()).or_insert(next);
        let check_time = row.observed.map_or(times.newest, |observed| observed + times.shift);
        if days.insert((channel, seoul_day(check_time))) {
            let subscribers = row.subscribers.to_string();
            batch.subscribers.push(NewSubscribers { channel, subscribers, check_time });
            let views = row.views.map(|views| NewChannelViews { channel, views, check_time });
            batch.channel_views.extend(views);
        }
        if channel == next {
            batch.channels.push(NewChannel {
                channel_id: row.channel_id,
                name: row.name,
                description: row.description,
                start_date: row.start_date,
                thumbnail_url: row.thumbnail_url,
                hidden_subscriber: false,
                subscribers: row.subscribers,
            });
        }
    }
    batch
}
