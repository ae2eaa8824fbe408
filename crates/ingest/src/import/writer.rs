//! Continuous ingestion: batches of observations as they arrive.

use super::{ImportError, channels, channels::ObservationTimes, derive::derive, videos};
use crate::{
    load::{LoadError, Loaded, Session},
    observation::{ChannelObservation, VideoObservation},
    progress::NoProgress,
};
use chrono::{TimeDelta, Utc};
use common::settings::PostgresSettings;

/// Stores observations over one connection, for a continuously running collector.
///
/// Any number of processes may write concurrently: a lock, which an import or a seed also takes,
/// serializes batches. Like an import, it keeps the latest observation of each day.
pub struct Writer(Session);

impl Writer {
    /// Connects. After an error of [`Writer::write`] other than [`LoadError::Busy`], reconnect.
    pub async fn connect(settings: &PostgresSettings) -> Result<Self, LoadError> {
        Ok(Self(Session::connect(settings).await?))
    }

    /// Inserts missing rows and updates the derived columns, in one transaction. Repeating a
    /// batch changes nothing. [`LoadError::Busy`] after a minute of waiting for the lock.
    pub async fn write(
        &mut self,
        videos: Vec<VideoObservation>,
        channels: Vec<ChannelObservation>,
    ) -> Result<Loaded, ImportError> {
        let transaction = self.0.begin_locked().await?;
        let (mut loaded, newest) =
            videos::load_batch(&transaction, videos, TimeDelta::zero()).await?;
        if !channels.is_empty() {
            let newest = newest.unwrap_or_else(Utc::now);
            let times = ObservationTimes { shift: TimeDelta::zero(), newest };
            loaded += channels::load_batch(&transaction, channels, times).await?;
        }
        derive(&transaction, &NoProgress).await?;
        transaction.commit().await?;
        Ok(loaded)
    }
}
