//! Filling tables that hold little with very many rows.

use super::{
    Batch, LoadError, Loaded, Session,
    copy::{Copier, FirstNumbers, Target},
    numbers::{Known, Numbers, find_channels, leave_out_stored, number},
};
use crate::progress::{Progress, Unit};
use common::db::ADVANCE_DATA_VERSION;
use tokio::task::spawn_blocking;
use tokio_postgres::{Row, Transaction};

const REMOVABLE: &str = include_str!("sql/removable.sql");
const ALIGN_SEQUENCES: &str = include_str!("sql/align_sequences.sql");
const TOUCH: &str =
    "UPDATE video SET changed_at = now() WHERE idx = ANY ($1) AND changed_at < now()";

/// Tables being filled in one transaction.
///
/// What checks, marks and indexes single rows is taken away first, but for the indexes by
/// which rows are found meanwhile; rows are copied straight into the tables, and at the
/// end what was taken away is made anew: several times as fast as [`super::load`], to the
/// same rows with the same numbers. Nobody else can use the tables meanwhile, and whatever
/// ends it early leaves everything as it was.
pub struct Bulk<'a> {
    transaction: Transaction<'a>,
    /// By which rows of stored videos are found: made anew when the first of them come.
    finding: Vec<String>,
    restore: Vec<String>,
    first: FirstNumbers,
    next: FirstNumbers,
}

impl<'a> Bulk<'a> {
    /// Begins. Making indexes anew costs time for every row that is there already: see
    /// [`Session::holds_at_most`].
    pub async fn begin(session: &'a mut Session) -> Result<Self, LoadError> {
        let transaction = session.transaction().await?;
        transaction.batch_execute(include_str!("sql/begin_bulk.sql")).await?;
        let parts = transaction.query(REMOVABLE, &[]).await?;
        for part in &parts {
            transaction.batch_execute(part.get("remove")).await?;
        }
        let (finding, restore): (Vec<Row>, Vec<Row>) =
            parts.into_iter().rev().partition(|part| part.get("finds_stored"));
        let statements = |parts: Vec<Row>| parts.iter().map(|part| part.get("restore")).collect();
        let (finding, restore) = (statements(finding), statements(restore));
        let first = transaction.query_one(include_str!("sql/next_numbers.sql"), &[]).await?;
        let first = FirstNumbers::of(&first);
        Ok(Self { transaction, finding, restore, first, next: first })
    }

    /// The numbers that the first video and the first channel have that are added.
    pub fn first_numbers(&self) -> (i32, i32) {
        (self.first.videos, self.first.channels)
    }

    /// The transaction, for what is to be done in it beside [`Bulk::append`].
    pub fn transaction(&mut self) -> &mut Transaction<'a> {
        &mut self.transaction
    }

    /// Adds what of `batch` is missing. `known` are those of its videos that are stored. A
    /// channel is added, with its counts, only when a new video needs it. Gives the numbers
    /// of those videos and channels of the batch that were there before [`Bulk::begin`].
    pub async fn append(
        &mut self,
        mut batch: Batch,
        known: &Known,
    ) -> Result<(Loaded, Numbers), LoadError> {
        let channels = find_channels(&self.transaction, &batch).await?;
        let mut numbers = number(&mut batch, known, &channels, self.next);
        numbers.videos.retain(|number| *number < self.first.videos);
        numbers.channels.retain(|number| *number < self.first.channels);
        if !known.is_empty() {
            for statement in self.finding.drain(..) {
                self.transaction.batch_execute(&statement).await?;
            }
            leave_out_stored(&self.transaction, &mut batch, known).await?;
            let touched: Vec<i32> = batch.keywords.iter().map(|row| row.video).collect();
            self.transaction.execute(TOUCH, &[&touched]).await?;
        }
        Copier::new(&self.transaction, Target::Tables(self.next)).copy_batch(&batch).await?;
        let next = &mut self.next;
        let loaded = Loaded {
            channels: pass(&mut next.channels, &batch.channels),
            videos: pass(&mut next.videos, &batch.videos),
            keywords: pass(&mut next.keywords, &batch.keywords),
            views: pass(&mut next.views, &batch.views),
            likes: pass(&mut next.likes, &batch.likes),
            subscribers: pass(&mut next.subscribers, &batch.subscribers),
            channel_views: pass(&mut next.channel_views, &batch.channel_views),
        };
        // Freeing a hundred thousand texts takes a while: it goes on beside what comes next.
        drop(spawn_blocking(move || drop(batch)));
        Ok((loaded, numbers))
    }

    /// Lets [`super::load`] go on in [`Bulk::transaction`] where [`Bulk::append`] ended. There
    /// is no way back.
    pub async fn align_sequences(&self) -> Result<(), LoadError> {
        Ok(self.transaction.batch_execute(ALIGN_SEQUENCES).await?)
    }

    /// Makes indexes and constraints anew, and ends the transaction.
    pub async fn finish(self, progress: &Progress) -> Result<(), LoadError> {
        let statements = [self.finding.as_slice(), &self.restore].concat();
        let mut task = progress.start("making indexes", Unit::Rows, statements.len() as u64);
        for statement in &statements {
            self.transaction.batch_execute(statement).await?;
            task.advance(1);
        }
        self.align_sequences().await?;
        self.transaction.execute(ADVANCE_DATA_VERSION, &[]).await?;
        self.transaction.commit().await?;
        task.finish();
        Ok(())
    }
}

/// Lets `next` be the number after those of `rows`, and gives how many they are.
fn pass<T>(next: &mut i32, rows: &[T]) -> u64 {
    *next += i32::try_from(rows.len()).unwrap_or(i32::MAX);
    rows.len() as u64
}
