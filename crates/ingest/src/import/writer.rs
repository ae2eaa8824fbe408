//! Continuous ingestion of batches of observations.

use super::{
    ImportError, channels, channels::ObservationTimes, derive::derive, shift::Shifts,
    stored_videos::find_stored_videos, videos,
};
use crate::{
    data_source::{self, DataSource},
    load::{
        LoadCounts, LoadError, NewLikes, NewViews, ObservationGranularity, RowBatch, Session,
        load_counts, row_index,
    },
    observation::{ChannelObservation, VideoCounts, VideoObservation},
    progress::NoProgress,
};
use chrono::{DateTime, TimeDelta, Utc};
use common::{db::ADVANCE_DATA_VERSION, settings::PostgresSettings};
use tokio_postgres::{GenericClient, Transaction, error::SqlState, types::ToSql};

/// Tables of rows that refer to a video.
const TABLES_OF_VIDEOS: [&str; 5] =
    ["video_keyword_new", "video_views", "video_likes", "video_age_views", "video_outlier"];

/// Tables of rows that refer to a channel.
const TABLES_OF_CHANNELS: [&str; 2] = ["channel_subscriber", "channel_views"];

const MARK_COUNTED: &str = include_str!("sql/mark_counted.sql");
const EXPIRE_VIDEOS: &str = include_str!("sql/expire_videos.sql");
const EXPIRE_AGES: &str = include_str!("sql/expire_ages.sql");
const EXPIRE_OUTLIERS: &str = "
    DELETE FROM video_outlier o USING video v
    WHERE v.video_id = ANY ($1) AND o.video_idx = v.idx
        AND o.upload_time + o.age_days * interval '1 day' < $2";

/// Stores observations over one connection, for a continuously running collector.
///
/// Any number of processes may write concurrently: a lock, which an import or a seed also takes,
/// serializes batches. Unlike an import, it keeps every observation of a video, not only the
/// latest of each day.
pub struct Writer {
    settings: PostgresSettings,
    session: Session,
    is_simulated: bool,
}

impl Writer {
    /// Connects. After a lost connection, the next call connects again. `is_simulated` marks
    /// observations of a simulator.
    pub async fn connect(
        settings: &PostgresSettings,
        is_simulated: bool,
    ) -> Result<Self, LoadError> {
        let (session, settings) = (Session::connect(settings).await?, settings.clone());
        Ok(Self { settings, session, is_simulated })
    }

    /// [`ImportError::MixedData`] if the database has simulated data and observations are real, or the
    /// reverse.
    pub async fn check_data_kind(&mut self) -> Result<(), ImportError> {
        self.connect_again().await?;
        check_data_kind(&*self.session, self.is_simulated).await
    }

    /// Begins a transaction that holds the lock on loading. The kind of the data is checked with the
    /// lock: a seed, an import or another collector may have stored data since the last transaction.
    async fn begin(&mut self) -> Result<Transaction<'_>, ImportError> {
        self.connect_again().await?;
        let transaction = self.session.begin_locked().await?;
        check_data_kind(&transaction, self.is_simulated).await?;
        Ok(transaction)
    }

    async fn connect_again(&mut self) -> Result<(), LoadError> {
        if self.session.is_closed() {
            self.session = Session::connect(&self.settings).await?;
        }
        Ok(())
    }

    /// Inserts missing rows and updates the derived columns, in one transaction. Repeating a
    /// batch changes nothing. [`LoadError::Locked`] after a minute of waiting for the lock.
    pub async fn write(
        &mut self,
        videos: Vec<VideoObservation>,
        channels: Vec<ChannelObservation>,
    ) -> Result<LoadCounts, ImportError> {
        let source = self.source();
        let transaction = self.begin().await?;
        let granularity = ObservationGranularity::Observation;
        let (mut loaded, newest) =
            videos::load_batch(&transaction, videos, &Shifts::default(), granularity).await?;
        let newest = newest.max(channels.iter().filter_map(|channel| channel.observed).max());
        if !channels.is_empty() {
            let newest = newest.unwrap_or_else(Utc::now);
            let times = ObservationTimes { shift: TimeDelta::zero(), default_time: newest };
            loaded += channels::load_batch(&transaction, channels, times).await?;
        }
        derive(&transaction, &NoProgress).await?;
        data_source::record(&transaction, source, newest).await?;
        transaction.commit().await?;
        Ok(loaded)
    }

    /// Stores counts of stored videos; counts of other videos are ignored.
    pub async fn write_counts(
        &mut self,
        counts: Vec<VideoCounts>,
    ) -> Result<LoadCounts, ImportError> {
        let source = self.source();
        let transaction = self.begin().await?;
        let ids = counts.iter().map(|counts| counts.video_id.as_str());
        let stored = find_stored_videos(&transaction, ids).await?.ids;
        let newest = counts.iter().map(|counts| counts.observed).max();
        let mut batch =
            RowBatch { granularity: ObservationGranularity::Observation, ..RowBatch::default() };
        let mut videos = Vec::new();
        for row in counts {
            let Some(id) = stored.get(&row.video_id) else { continue };
            let video = row_index(videos.len());
            let (views, check_time) = (row.views, row.observed);
            videos.push(*id);
            batch.views.push(NewViews { video, views, check_time });
            let likes =
                row.likes.map(|likes| NewLikes { video, likes, dislikes: None, check_time });
            batch.likes.extend(likes);
        }
        let loaded = load_counts(&transaction, &batch, &videos).await?;
        transaction.batch_execute(MARK_COUNTED).await?;
        derive(&transaction, &NoProgress).await?;
        data_source::record(&transaction, source, newest).await?;
        transaction.commit().await?;
        Ok(loaded)
    }

    /// Records which of the videos `ids` are Shorts.
    pub async fn classify(&mut self, ids: &[&str], is_short: &[bool]) -> Result<(), ImportError> {
        let statement = "UPDATE video v SET is_short = n.is_short
            FROM unnest($1::text[], $2::boolean[]) n (video_id, is_short)
            WHERE v.video_id = n.video_id";
        self.execute(&[statement], &[&ids, &is_short]).await.map(drop)
    }

    /// Records that YouTube no longer returns the videos `ids`: the next index update removes
    /// their documents.
    pub async fn mark_removed(
        &mut self,
        ids: &[&str],
        now: DateTime<Utc>,
    ) -> Result<(), ImportError> {
        let statement = "UPDATE video SET removed_at = $2
            WHERE video_id = ANY ($1) AND removed_at IS NULL";
        self.execute(&[statement], &[&ids, &now]).await.map(drop)
    }

    /// Deletes the videos that were removed before `before`, with their counts and keywords.
    /// Returns the number of videos.
    pub async fn delete_removed(&mut self, before: DateTime<Utc>) -> Result<u64, ImportError> {
        let removed = "SELECT idx FROM video WHERE removed_at < $1";
        let mut statements = TABLES_OF_VIDEOS
            .map(|table| format!("DELETE FROM {table} WHERE video_idx IN ({removed})"))
            .to_vec();
        statements.push("DELETE FROM video WHERE removed_at < $1".to_owned());
        let statements: Vec<&str> = statements.iter().map(String::as_str).collect();
        self.execute(&statements, &[&before]).await
    }

    /// Deletes the counts of the videos `ids` from before `before`, and values that were computed
    /// from them. Returns the number of counts.
    pub async fn delete_counts(
        &mut self,
        ids: &[&str],
        before: DateTime<Utc>,
    ) -> Result<u64, ImportError> {
        let of_videos = ["video_views", "video_likes"].map(|table| {
            format!(
                "DELETE FROM {table} x USING video v
                 WHERE v.video_id = ANY ($1) AND x.video_idx = v.idx AND x.check_time < $2"
            )
        });
        let mut deleted = 0;
        for statement in &of_videos {
            deleted += self.execute(&[statement], &[&ids, &before]).await?;
        }
        let computed = [EXPIRE_VIDEOS, EXPIRE_AGES, EXPIRE_OUTLIERS];
        self.execute(&computed, &[&ids, &before]).await?;
        Ok(deleted)
    }

    /// Deletes the counts of the channels `ids` from before `before`. Returns their number.
    pub async fn delete_channel_counts(
        &mut self,
        ids: &[&str],
        before: DateTime<Utc>,
    ) -> Result<u64, ImportError> {
        let mut deleted = 0;
        for table in TABLES_OF_CHANNELS {
            let statement = format!(
                "DELETE FROM {table} x USING channel c
                 WHERE c.channel_id = ANY ($1) AND x.channel_idx = c.idx AND x.check_time < $2"
            );
            deleted += self.execute(&[&statement], &[&ids, &before]).await?;
        }
        Ok(deleted)
    }

    /// Deletes the channels among `ids` that have no video, with their counts. Returns the number
    /// of channels. A channel that an account names as its own is kept.
    pub async fn delete_channels(&mut self, ids: &[&str]) -> Result<u64, ImportError> {
        let without_video = "SELECT c.idx FROM channel c WHERE c.channel_id = $1
            AND NOT EXISTS (SELECT FROM video v WHERE v.channel_idx = c.idx)";
        let mut statements = TABLES_OF_CHANNELS
            .map(|table| format!("DELETE FROM {table} WHERE channel_idx IN ({without_video})"))
            .to_vec();
        statements.push(format!("DELETE FROM channel WHERE idx IN ({without_video})"));
        let statements: Vec<&str> = statements.iter().map(String::as_str).collect();
        let mut deleted = 0;
        for id in ids {
            match self.execute(&statements, &[id]).await {
                Ok(count) => deleted += count,
                Err(error) if is_referenced(&error) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(deleted)
    }

    /// Executes statements with the same parameters in one transaction. Returns the number of rows
    /// that the last one changed.
    async fn execute(
        &mut self,
        statements: &[&str],
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<u64, ImportError> {
        let transaction = self.begin().await?;
        let (mut changed, mut has_changed) = (0, false);
        for statement in statements {
            changed = transaction.execute(*statement, parameters).await?;
            has_changed |= changed > 0;
        }
        if has_changed {
            transaction.execute(ADVANCE_DATA_VERSION, &[]).await?;
        }
        transaction.commit().await?;
        Ok(changed)
    }

    const fn source(&self) -> DataSource {
        DataSource::Collector { is_simulated: self.is_simulated }
    }
}

async fn check_data_kind(
    client: &impl GenericClient,
    is_simulated: bool,
) -> Result<(), ImportError> {
    if !data_source::is_mixed(client, is_simulated).await? {
        return Ok(());
    }
    let (stored, collected) =
        if is_simulated { ("real", "simulated") } else { ("simulated", "real") };
    Err(ImportError::MixedData { stored, collected })
}

/// Whether a row cannot be deleted because another one refers to it.
fn is_referenced(error: &ImportError) -> bool {
    let ImportError::Load(LoadError::Database(error)) = error else { return false };
    error.code() == Some(&SqlState::FOREIGN_KEY_VIOLATION)
}
