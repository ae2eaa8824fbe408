//! Loading observations of channels.

use super::{
    ImportJob,
    chunks::{Chunk, read},
    error::ImportError,
    inputs::ImportFile,
};
use crate::{
    load::{LoadCounts, NewChannel, NewChannelViews, NewSubscribers, RowBatch, load, row_index},
    observation::ChannelObservation,
    pending::MARK_INDEX_PENDING,
    progress::Unit,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use common::{db::ADVANCE_DATA_VERSION, time::seoul_day};
use std::collections::{HashMap, hash_map::Entry};
use tokio_postgres::{GenericClient, Transaction};

const UPDATE_METADATA: &str = include_str!("sql/update_channel_metadata.sql");
const MARK_BATCH: &str = include_str!("sql/mark_batch.sql");
const MARK_PENDING: &str = include_str!("sql/mark_pending.sql");
const COUNT_KNOWN: &str = "SELECT count(k.idx), count(*) - count(k.idx)
    FROM staged_channel s LEFT JOIN known_channel k ON k.index = s.index";

#[derive(Debug, Default)]
pub(super) struct ChannelsLoaded {
    pub rows: u64,
    /// Valid rows with a truncated text.
    pub truncated: u64,
    pub loaded: LoadCounts,
    /// Channels that hide their subscribers.
    pub hidden: u64,
    /// Channels without a stored video.
    pub unknown: u64,
    /// Channels with a stored video.
    pub known: u64,
}

/// The times of observations.
#[derive(Debug, Clone, Copy)]
pub(super) struct ObservationTimes {
    /// The shift of all times.
    pub shift: TimeDelta,
    /// The time of observations without one.
    pub default_time: DateTime<Utc>,
}

/// Loads `file`. Channels without a stored video are ignored.
pub(super) async fn load_channels(
    client: &mut impl GenericClient,
    file: &ImportFile,
    times: ObservationTimes,
    job: &mut ImportJob<'_>,
) -> Result<ChannelsLoaded, ImportError> {
    let bytes = file.input.size();
    let mut task = job.progress.start("importing channels", Unit::Bytes, bytes);
    let mut chunks = read::<ChannelObservation>(vec![file.clone()], job.options.batch_rows);
    let mut sum = ChannelsLoaded::default();
    while let Some(chunk) = chunks.recv().await {
        let chunk = chunk?;
        job.results.add(&chunk)?;
        let Chunk { rows, ignored_rows, position, .. } = chunk;
        sum.hidden += ignored_rows;
        sum.rows += rows.len() as u64;
        sum.truncated += rows.iter().filter(|row| row.has_truncated_text).count() as u64;
        if rows.is_empty() {
            continue;
        }
        let transaction = client.transaction().await?;
        sum.loaded += load_batch(&transaction, rows, times).await?;
        let counts = transaction.query_one(COUNT_KNOWN, &[]).await?;
        let count = |index| u64::try_from(counts.get::<_, i64>(index)).unwrap_or_default();
        (sum.known, sum.unknown) = (sum.known + count(0), sum.unknown + count(1));
        transaction.batch_execute(MARK_PENDING).await?;
        transaction.execute(MARK_INDEX_PENDING, &[]).await?;
        transaction.commit().await?;
        task.set_position(position);
    }
    task.finish();
    Ok(sum)
}

/// Loads observations, and marks their channels for the update of derived columns
/// ([`super::derive()`]).
pub(super) async fn load_batch(
    transaction: &Transaction<'_>,
    observations: Vec<ChannelObservation>,
    times: ObservationTimes,
) -> Result<LoadCounts, ImportError> {
    let loaded = load(transaction, &build_batch(observations, times)).await?;
    transaction.batch_execute(UPDATE_METADATA).await?;
    transaction.batch_execute(MARK_BATCH).await?;
    transaction.execute(ADVANCE_DATA_VERSION, &[]).await?;
    Ok(loaded)
}

/// Groups observations into a batch without duplicate channels or days of a channel. The latest
/// observation of each is kept; of simultaneous observations, the last one.
fn build_batch(rows: Vec<ChannelObservation>, times: ObservationTimes) -> RowBatch {
    let mut batch = RowBatch::default();
    let mut channels: HashMap<String, (usize, DateTime<Utc>)> = HashMap::new();
    let mut days: HashMap<(i32, NaiveDate), DayCounts> = HashMap::new();
    for row in rows {
        let check_time = row.observed.map_or(times.default_time, |observed| observed + times.shift);
        let position = match channels.entry(row.channel_id.clone()) {
            Entry::Vacant(entry) => {
                let position = batch.channels.len();
                entry.insert((position, check_time));
                batch.channels.push(NewChannel {
                    channel_id: row.channel_id.clone(),
                    ..NewChannel::default()
                });
                describe(&mut batch.channels[position], &row);
                position
            }
            Entry::Occupied(entry) => {
                let (position, latest) = entry.into_mut();
                if check_time >= *latest {
                    *latest = check_time;
                    describe(&mut batch.channels[*position], &row);
                }
                *position
            }
        };
        let channel = row_index(position);
        let day = days.entry((channel, seoul_day(check_time))).or_default();
        let subscribers = row.subscribers.to_string();
        let subscribers = NewSubscribers { channel, subscribers, check_time };
        keep_latest(&mut batch.subscribers, &mut day.subscribers, subscribers, |row| {
            row.check_time
        });
        if let Some(views) = row.views {
            let views = NewChannelViews { channel, views, check_time };
            keep_latest(&mut batch.channel_views, &mut day.views, views, |row| row.check_time);
        }
    }
    batch
}

/// The positions of the counts of a channel on a day.
#[derive(Default)]
struct DayCounts {
    subscribers: Option<usize>,
    views: Option<usize>,
}

/// Adds `row`, or replaces an earlier one of the same day.
fn keep_latest<T>(
    rows: &mut Vec<T>,
    position: &mut Option<usize>,
    row: T,
    time: impl Fn(&T) -> DateTime<Utc>,
) {
    match *position {
        None => {
            *position = Some(rows.len());
            rows.push(row);
        }
        Some(known) if time(&row) >= time(&rows[known]) => rows[known] = row,
        Some(_) => {}
    }
}

/// Sets the metadata of a channel; missing values keep the earlier ones.
fn describe(channel: &mut NewChannel, row: &ChannelObservation) {
    let keep = |new: &Option<String>, known: &mut Option<String>| {
        if new.is_some() {
            known.clone_from(new);
        }
    };
    keep(&row.name, &mut channel.name);
    keep(&row.description, &mut channel.description);
    keep(&row.thumbnail_url, &mut channel.thumbnail_url);
    channel.start_date = row.start_date.or(channel.start_date);
    channel.upload_count = row.uploads.or(channel.upload_count);
    channel.subscribers = row.subscribers;
}
