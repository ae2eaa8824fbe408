//! Binary COPY of a batch.

use super::{LoadError, RowBatch};
use std::pin::pin;
use tokio_postgres::{
    Row, Transaction,
    binary_copy::BinaryCopyInWriter,
    types::{ToSql, Type},
};

type SqlValue<'a> = &'a (dyn ToSql + Sync);

const IDX: (&str, Type) = ("idx", Type::INT4);
const CHANNEL_IDX: (&str, Type) = ("channel_idx", Type::INT4);
const VIDEO_IDX: (&str, Type) = ("video_idx", Type::INT4);
const CHECK_TIME: (&str, Type) = ("check_time", Type::TIMESTAMPTZ);

/// The destination of a batch.
#[derive(Debug, Clone, Copy)]
pub(super) enum Target {
    /// The temporary tables, with positions in the batch as ids.
    Staging,
    /// The real tables, with ids from these on. References are ids.
    Tables(FirstIds),
}

/// The id of the first row of a batch in each table.
#[derive(Debug, Clone, Copy)]
pub(super) struct FirstIds {
    pub channels: i32,
    pub videos: i32,
    pub keywords: i32,
    pub views: i32,
    pub likes: i32,
    pub subscribers: i32,
    pub channel_views: i32,
}

impl FirstIds {
    /// The same id in every table.
    pub(super) fn all(first: i32) -> Self {
        Self {
            channels: first,
            videos: first,
            keywords: first,
            views: first,
            likes: first,
            subscribers: first,
            channel_views: first,
        }
    }

    /// The ids in a row of `next_ids.sql`.
    pub(super) fn of(row: &Row) -> Self {
        Self {
            channels: row.get("channels"),
            videos: row.get("videos"),
            keywords: row.get("keywords"),
            views: row.get("views"),
            likes: row.get("likes"),
            subscribers: row.get("subscribers"),
            channel_views: row.get("channel_views"),
        }
    }
}

/// Copies rows to a target.
pub(super) struct Copier<'a> {
    transaction: &'a Transaction<'a>,
    staging: bool,
    first: FirstIds,
}

impl<'a> Copier<'a> {
    pub(super) fn new(transaction: &'a Transaction<'a>, target: Target) -> Self {
        let (staging, first) = match target {
            Target::Staging => (true, FirstIds::all(0)),
            Target::Tables(first) => (false, first),
        };
        Self { transaction, staging, first }
    }

    /// Copies every list of `batch` into its table.
    pub(super) async fn copy_batch(&self, batch: &RowBatch) -> Result<(), LoadError> {
        self.copy_channels(batch).await?;
        self.copy_videos(batch).await?;
        if self.staging {
            self.copy_updates(batch).await?;
        }
        self.copy_keywords(batch).await?;
        self.copy_video_counts(batch).await?;
        self.copy_channel_counts(batch).await
    }

    async fn copy_channels(&self, batch: &RowBatch) -> Result<(), LoadError> {
        let columns = [
            IDX,
            ("channel_id", Type::TEXT),
            ("channel_name", Type::TEXT),
            ("channel_description", Type::TEXT),
            ("channel_start_date", Type::DATE),
            ("thumbnail_url", Type::TEXT),
            ("hidden_subscriber", Type::BOOL),
            ("subscriber_num", Type::INT4),
            ("subscriber_estimated", Type::BOOL),
            ("upload_count", Type::INT8),
        ];
        self.copy("channel", &columns, self.first.channels, &batch.channels, |channel, id| {
            [
                id,
                &channel.channel_id,
                &channel.name,
                &channel.description,
                &channel.start_date,
                &channel.thumbnail_url,
                &channel.hidden_subscriber,
                &channel.subscribers,
                &channel.hidden_subscriber,
                &channel.upload_count,
            ]
        })
        .await
    }

    async fn copy_videos(&self, batch: &RowBatch) -> Result<(), LoadError> {
        let columns = [
            IDX,
            ("video_id", Type::TEXT),
            CHANNEL_IDX,
            ("video_name", Type::TEXT),
            ("video_description", Type::TEXT),
            ("upload_time", Type::TIMESTAMPTZ),
            ("thumbnail_url", Type::TEXT),
            ("views", Type::INT8),
            ("views_growth", Type::INT8),
            ("popularity", Type::FLOAT8),
            ("popularity_estimated", Type::BOOL),
            ("crawled", Type::BOOL),
            ("category", Type::INT2),
            ("duration_seconds", Type::INT4),
            ("is_short", Type::BOOL),
            ("live_state", Type::TEXT),
            ("language", Type::TEXT),
            ("comment_count", Type::INT8),
        ];
        self.copy("video", &columns, self.first.videos, &batch.videos, |video, id| {
            [
                id,
                &video.video_id,
                &video.channel,
                &video.title,
                &video.description,
                &video.upload_time,
                &video.thumbnail_url,
                &video.views,
                &video.views_growth,
                &video.popularity,
                &video.popularity_estimated,
                &video.crawled,
                &video.details.category,
                &video.details.duration_seconds,
                &video.details.is_short,
                &video.details.live_state,
                &video.details.language,
                &video.details.comments,
            ]
        })
        .await
    }

    /// Copies the ranks of observations, whose metadata replaces stored metadata.
    async fn copy_updates(&self, batch: &RowBatch) -> Result<(), LoadError> {
        let columns = [
            IDX,
            ("observed", Type::TIMESTAMPTZ),
            ("observed_views", Type::INT8),
            ("has_tags", Type::BOOL),
        ];
        let observed: Vec<_> = batch
            .videos
            .iter()
            .map(|video| {
                let time = video.observed.map(|observed| observed.time);
                (time, video.observed.map(|observed| observed.views), video.has_tags)
            })
            .collect();
        self.copy("video_update", &columns, self.first.videos, &observed, |row, id| {
            [id, &row.0, &row.1, &row.2]
        })
        .await
    }

    async fn copy_keywords(&self, batch: &RowBatch) -> Result<(), LoadError> {
        let columns = [IDX, VIDEO_IDX, ("keyword", Type::TEXT)];
        let (table, first) = ("video_keyword_new", self.first.keywords);
        self.copy(table, &columns, first, &batch.keywords, |row, id| [id, &row.video, &row.keyword])
            .await
    }

    /// Copies the counts of videos.
    pub(super) async fn copy_video_counts(&self, batch: &RowBatch) -> Result<(), LoadError> {
        let columns = [IDX, VIDEO_IDX, ("views", Type::INT8), CHECK_TIME];
        self.copy("video_views", &columns, self.first.views, &batch.views, |row, id| {
            [id, &row.video, &row.views, &row.check_time]
        })
        .await?;
        let (likes, dislikes) = (("likes", Type::INT8), ("dislikes", Type::INT8));
        let columns = [IDX, VIDEO_IDX, likes, dislikes, CHECK_TIME];
        self.copy("video_likes", &columns, self.first.likes, &batch.likes, |row, id| {
            [id, &row.video, &row.likes, &row.dislikes, &row.check_time]
        })
        .await
    }

    async fn copy_channel_counts(&self, batch: &RowBatch) -> Result<(), LoadError> {
        let columns = [IDX, CHANNEL_IDX, ("subscriber_num", Type::TEXT), CHECK_TIME];
        let (table, first) = ("channel_subscriber", self.first.subscribers);
        self.copy(table, &columns, first, &batch.subscribers, |row, id| {
            [id, &row.channel, &row.subscribers, &row.check_time]
        })
        .await?;
        let columns = [IDX, CHANNEL_IDX, ("view_count", Type::INT8), CHECK_TIME];
        let (table, first) = ("channel_views", self.first.channel_views);
        self.copy(table, &columns, first, &batch.channel_views, |row, id| {
            [id, &row.channel, &row.views, &row.check_time]
        })
        .await
    }

    /// Copies `rows` into `table`, with ids from `first` on.
    async fn copy<T, const N: usize>(
        &self,
        table: &str,
        columns: &[(&str, Type); N],
        first: i32,
        rows: &[T],
        values: impl for<'r> Fn(&'r T, &'r i32) -> [SqlValue<'r>; N],
    ) -> Result<(), LoadError> {
        if rows.is_empty() {
            return Ok(());
        }
        let names = columns.each_ref().map(|(name, _)| *name).join(", ");
        let types = columns.each_ref().map(|(_, kind)| kind.clone());
        let target = if self.staging {
            format!("staged_{table} ({})", names.replace("idx", "index"))
        } else {
            format!("{table} ({names})")
        };
        let statement = format!("COPY {target} FROM STDIN BINARY");
        let sink = self.transaction.copy_in(&statement).await?;
        let mut writer = pin!(BinaryCopyInWriter::new(sink, &types));
        for (id, row) in (first..).zip(rows) {
            writer.as_mut().write(&values(row, &id)).await?;
        }
        writer.finish().await?;
        Ok(())
    }
}
