//! Loading the file of channels.

use super::{
    Work,
    channel_row::ChannelRow,
    error::ImportError,
    portions::{Portion, read},
};
use crate::{
    load::{Batch, Loaded, NewChannel, NewChannelViews, NewSubscribers, load},
    progress::Unit,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use common::{db::ADVANCE_DATA_VERSION, time::seoul_day};
use std::{
    collections::{HashMap, HashSet},
    path::Path,
};
use tokio_postgres::GenericClient;

const DESCRIBE: &str = include_str!("sql/describe_channels.sql");
const MARK_TOUCHED: &str = include_str!("sql/mark_touched.sql");

/// What was read and loaded.
#[derive(Debug, Default)]
pub(super) struct ChannelsLoaded {
    /// Good rows.
    pub rows: u64,
    /// Good rows with a text that was too long.
    pub shortened: u64,
    /// Rows that were missing.
    pub loaded: Loaded,
}

/// When counts were observed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Times {
    /// What the times of a row are moved by.
    pub shift: TimeDelta,
    /// For rows without a time.
    pub newest: DateTime<Utc>,
}

/// Loads `file`. Channels without a stored video are passed over.
pub(super) async fn load_channels(
    client: &mut impl GenericClient,
    file: &Path,
    times: Times,
    work: &mut Work<'_, '_>,
) -> Result<ChannelsLoaded, ImportError> {
    let bytes = file.metadata().map_or(0, |metadata| metadata.len());
    let mut task = work.progress.start("importing channels", Unit::Bytes, bytes);
    let mut portions = read::<ChannelRow>(vec![file.to_owned()], work.options.batch_rows);
    let mut sum = ChannelsLoaded::default();
    while let Some(portion) = portions.recv().await {
        let Portion { rows, reports: found, position, .. } = portion?;
        for (line, reasons) in found {
            work.reports.add(file, line, &reasons)?;
        }
        sum.rows += rows.len() as u64;
        sum.shortened += rows.iter().filter(|row| row.shortened).count() as u64;
        let transaction = client.transaction().await?;
        sum.loaded += load(&transaction, &assemble(rows, times)).await?;
        transaction.batch_execute(DESCRIBE).await?;
        transaction.batch_execute(MARK_TOUCHED).await?;
        transaction.execute(ADVANCE_DATA_VERSION, &[]).await?;
        transaction.commit().await?;
        task.reach(position);
    }
    task.finish();
    Ok(sum)
}

/// Each channel, and each day of a channel, once: the first row decides.
fn assemble(rows: Vec<ChannelRow>, times: Times) -> Batch {
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
