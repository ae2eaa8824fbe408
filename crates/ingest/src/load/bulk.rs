//! Bulk loading into nearly empty tables.

use super::{
    LoadCounts, LoadError, RowBatch, Session,
    copy::{Copier, FirstIds, Target},
    ids::{BatchIds, StoredIds, assign_ids, find_channels},
    merge::{MergeCounts, compare_stored, merge},
};
use crate::progress::{Progress, Unit};
use common::db::ADVANCE_DATA_VERSION;
use tokio::task::spawn_blocking;
use tokio_postgres::{Row, Transaction};

const DROP_AND_RESTORE: &str = include_str!("sql/drop_and_restore.sql");
const RESET_SEQUENCES: &str = include_str!("sql/reset_sequences.sql");
const TOUCH: &str =
    "UPDATE video SET changed_at = now() WHERE idx = ANY ($1) AND changed_at < now()";

/// A bulk load: one transaction with exclusive access to the tables.
///
/// Drops constraints, triggers and indexes except those for lookups, copies rows directly into the
/// tables and recreates everything at the end. This is several times as fast as [`super::load`],
/// and results in the same rows and ids. Dropping it rolls everything back.
pub struct Bulk<'a> {
    transaction: Transaction<'a>,
    /// Statements that recreate the indexes for lookups of stored videos, run when the first stored
    /// video is appended.
    restore_lookups: Vec<String>,
    restore: Vec<String>,
    first: FirstIds,
    next: FirstIds,
}

impl<'a> Bulk<'a> {
    /// Begins the transaction. Recreating indexes costs time for every existing row: see
    /// [`Session::has_at_most_videos`].
    pub async fn begin(session: &'a mut Session) -> Result<Self, LoadError> {
        let transaction = session.transaction().await?;
        transaction.batch_execute(include_str!("sql/begin_bulk.sql")).await?;
        let parts = transaction.query(DROP_AND_RESTORE, &[]).await?;
        for part in &parts {
            transaction.batch_execute(part.get("drop_statement")).await?;
        }
        let (restore_lookups, restore): (Vec<Row>, Vec<Row>) =
            parts.into_iter().rev().partition(|part| part.get("is_lookup"));
        let statements = |parts: Vec<Row>| parts.iter().map(|part| part.get("restore")).collect();
        let (restore_lookups, restore) = (statements(restore_lookups), statements(restore));
        let first = transaction.query_one(include_str!("sql/next_ids.sql"), &[]).await?;
        let first = FirstIds::of(&first);
        Ok(Self { transaction, restore_lookups, restore, first, next: first })
    }

    /// The ids of the first video and the first channel that are added.
    pub fn first_ids(&self) -> (i32, i32) {
        (self.first.videos, self.first.channels)
    }

    /// The transaction, for further statements.
    pub fn transaction(&mut self) -> &mut Transaction<'a> {
        &mut self.transaction
    }

    /// Adds the missing rows of `batch`, and updates rows of earlier observations. `known` are the
    /// ids of its stored videos. A channel is added, with its counts, only if a new or moved
    /// video refers to it. Returns the ids of the videos and channels of the batch that existed before
    /// [`Bulk::begin`].
    pub async fn append(
        &mut self,
        mut batch: RowBatch,
        known: &StoredIds,
    ) -> Result<(LoadCounts, BatchIds), LoadError> {
        let mut stored = Vec::new();
        if !known.is_empty() {
            for statement in self.restore_lookups.drain(..) {
                self.transaction.batch_execute(&statement).await?;
            }
            stored = compare_stored(&self.transaction, &batch, known).await?;
        }
        let channels = find_channels(&self.transaction, &batch).await?;
        let targets: Vec<i32> = stored.iter().filter_map(|video| video.new_channel).collect();
        let mut ids = assign_ids(&mut batch, known, &channels, &targets, self.next);
        ids.videos.retain(|id| *id < self.first.videos);
        ids.channels.retain(|id| *id < self.first.channels);
        let mut merged = MergeCounts::default();
        if !known.is_empty() {
            merged = merge(&self.transaction, &mut batch, &stored, &ids.channels_by_index).await?;
            self.transaction.execute(TOUCH, &[&merged.keywords_changed]).await?;
        }
        for video in &mut batch.videos {
            video.description = video.description.take().filter(|text| !text.is_empty());
        }
        Copier::new(&self.transaction, Target::Tables(self.next)).copy_batch(&batch).await?;
        let next = &mut self.next;
        let loaded = LoadCounts {
            channels: advance(&mut next.channels, &batch.channels),
            videos: advance(&mut next.videos, &batch.videos),
            keywords: advance(&mut next.keywords, &batch.keywords),
            views: advance(&mut next.views, &batch.views),
            likes: advance(&mut next.likes, &batch.likes),
            subscribers: advance(&mut next.subscribers, &batch.subscribers),
            channel_views: advance(&mut next.channel_views, &batch.channel_views),
            updated_videos: merged.updated_videos,
            superseded: batch.superseded + merged.superseded,
        };
        // Freeing 100,000 strings would block this thread.
        drop(spawn_blocking(move || drop(batch)));
        Ok((loaded, ids))
    }

    /// Lets [`super::load`] continue in [`Bulk::transaction`]; [`Bulk::append`] must not be
    /// called after it.
    pub async fn reset_sequences(&self) -> Result<(), LoadError> {
        Ok(self.transaction.batch_execute(RESET_SEQUENCES).await?)
    }

    /// Recreates indexes and constraints, and commits.
    pub async fn finish(self, progress: &dyn Progress) -> Result<(), LoadError> {
        let statements = [self.restore_lookups.as_slice(), &self.restore].concat();
        let mut task = progress.start("creating indexes", Unit::Rows, statements.len() as u64);
        for statement in &statements {
            self.transaction.batch_execute(statement).await?;
            task.advance(1);
        }
        self.reset_sequences().await?;
        self.transaction.execute(ADVANCE_DATA_VERSION, &[]).await?;
        self.transaction.commit().await?;
        task.finish();
        Ok(())
    }
}

/// Advances `next` by the number of rows, and returns that number.
fn advance<T>(next: &mut i32, rows: &[T]) -> u64 {
    *next += i32::try_from(rows.len()).unwrap_or(i32::MAX);
    rows.len() as u64
}
