//! Filling empty tables with very many rows.

use super::{
    Batch, LoadError, Loaded, Session,
    copy::{Copier, FirstNumbers, Target},
};
use crate::progress::{Progress, Unit};
use std::collections::HashMap;
use tokio_postgres::Transaction;

/// Tables being filled in one transaction.
///
/// What checks and indexes single rows is taken away first, rows are copied straight into
/// the tables, and at the end what was taken away is made anew: several times as fast as
/// [`super::load`]. Nobody else can use the tables meanwhile, and whatever ends it early
/// leaves everything as it was.
pub struct Bulk<'a> {
    transaction: Transaction<'a>,
    restore: Vec<String>,
    channels: HashMap<String, i32>,
    next: FirstNumbers,
}

impl<'a> Bulk<'a> {
    /// Begins. All tables must be empty.
    pub async fn begin(session: &'a mut Session) -> Result<Self, LoadError> {
        let transaction = session.transaction().await?;
        transaction.batch_execute(include_str!("sql/begin_bulk.sql")).await?;
        let parts = transaction.query(include_str!("sql/removable.sql"), &[]).await?;
        for part in &parts {
            transaction.batch_execute(part.get(0)).await?;
        }
        let restore = parts.iter().rev().map(|part| part.get(1)).collect();
        let next = FirstNumbers::all(1);
        Ok(Self { transaction, restore, channels: HashMap::new(), next })
    }

    /// Adds a batch. All its videos must be new; of its channels, those that no batch
    /// before had are added, with their counts.
    pub async fn append(&mut self, mut batch: Batch) -> Result<Loaded, LoadError> {
        self.number(&mut batch);
        Copier::new(&self.transaction, Target::Tables(self.next)).copy_batch(&batch).await?;
        let next = &mut self.next;
        Ok(Loaded {
            channels: pass(&mut next.channels, &batch.channels),
            videos: pass(&mut next.videos, &batch.videos),
            keywords: pass(&mut next.keywords, &batch.keywords),
            views: pass(&mut next.views, &batch.views),
            likes: pass(&mut next.likes, &batch.likes),
            subscribers: pass(&mut next.subscribers, &batch.subscribers),
            channel_views: pass(&mut next.channel_views, &batch.channel_views),
        })
    }

    /// Makes indexes and constraints anew, and ends the transaction.
    pub async fn finish(self, progress: &Progress) -> Result<(), LoadError> {
        let mut task = progress.start("making indexes", Unit::Rows, self.restore.len() as u64);
        for statement in &self.restore {
            self.transaction.batch_execute(statement).await?;
            task.advance(1);
        }
        self.transaction.batch_execute(include_str!("sql/align_sequences.sql")).await?;
        self.transaction.commit().await?;
        task.finish();
        Ok(())
    }

    /// Turns places into numbers, and leaves out channels that are there already.
    fn number(&mut self, batch: &mut Batch) {
        let mut numbers = Vec::with_capacity(batch.channels.len());
        let mut next = self.next.channels;
        batch.channels.retain(|channel| {
            let number = *self.channels.entry(channel.channel_id.clone()).or_insert(next);
            numbers.push(number);
            let is_new = number == next;
            next += i32::from(is_new);
            is_new
        });
        let number_of =
            |place: i32| usize::try_from(place).ok().and_then(|place| numbers.get(place)).copied();
        let is_new = |channel: &mut i32| {
            *channel = number_of(*channel).unwrap_or_default();
            *channel >= self.next.channels
        };
        batch.subscribers.retain_mut(|row| is_new(&mut row.channel));
        batch.channel_views.retain_mut(|row| is_new(&mut row.channel));
        for video in &mut batch.videos {
            video.channel = video.channel.and_then(number_of);
        }
        let first = self.next.videos;
        batch.keywords.iter_mut().for_each(|row| row.video += first);
        batch.views.iter_mut().for_each(|row| row.video += first);
        batch.likes.iter_mut().for_each(|row| row.video += first);
    }
}

/// Lets `next` be the number after those of `rows`, and gives how many they are.
fn pass<T>(next: &mut i32, rows: &[T]) -> u64 {
    *next += i32::try_from(rows.len()).unwrap_or(i32::MAX);
    rows.len() as u64
}
