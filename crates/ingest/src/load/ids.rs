//! Assigning ids to the rows of a batch.

use super::{LoadError, RowBatch, copy::FirstIds};
use std::collections::{HashMap, HashSet};
use tokio_postgres::Transaction;

/// Primary keys of stored rows, by YouTube id.
pub type StoredIds = HashMap<String, i32>;

/// The ids of the videos and channels of a batch.
#[derive(Debug, Default)]
pub struct BatchIds {
    /// The ids of videos, in the order of the batch.
    pub videos: Vec<i32>,
    /// The ids of channels.
    pub channels: Vec<i32>,
    /// The id of each channel of the batch; `None` if no row refers to it.
    pub(super) channels_by_index: Vec<Option<i32>>,
}

/// The stored channels of `batch`. `channel_id` is not unique in a Django database: the row with
/// the lowest id is used.
pub(super) async fn find_channels(
    transaction: &Transaction<'_>,
    batch: &RowBatch,
) -> Result<StoredIds, LoadError> {
    let ids: Vec<&str> = batch.channels.iter().map(|row| row.channel_id.as_str()).collect();
    let statement =
        "SELECT channel_id, min(idx) FROM channel WHERE channel_id = ANY ($1) GROUP BY channel_id";
    let rows = transaction.query(statement, &[&ids]).await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// Replaces the positions in `batch` by ids: ids of stored rows, or new ids from `next` on. Keeps
/// only the channels and videos that are to be inserted. `targets` are the new channels of stored
/// videos that move.
pub(super) fn assign_ids(
    batch: &mut RowBatch,
    videos: &StoredIds,
    channels: &StoredIds,
    targets: &[i32],
    next: FirstIds,
) -> BatchIds {
    let new_videos = batch.videos.iter().filter(|video| !videos.contains_key(&video.video_id));
    let needed: HashSet<i32> =
        new_videos.filter_map(|video| video.channel).chain(targets.iter().copied()).collect();
    let mut indexes = 0..;
    let channel_ids = assign(&mut batch.channels, next.channels, |channel| {
        let is_needed = indexes.next().is_some_and(|index| needed.contains(&index));
        match channels.get(&channel.channel_id) {
            Some(stored) => RowState::Stored(*stored),
            None if is_needed => RowState::New,
            None => RowState::Unused,
        }
    });
    let video_ids = assign(&mut batch.videos, next.videos, |video| {
        video.channel = video.channel.and_then(|index| id_at(&channel_ids, index));
        videos.get(&video.video_id).map_or(RowState::New, |stored| RowState::Stored(*stored))
    });
    let find = |ids: &[Option<i32>], index: &mut i32| {
        let id = id_at(ids, *index);
        *index = id.unwrap_or_default();
        id.is_some()
    };
    batch.keywords.retain_mut(|row| find(&video_ids, &mut row.video));
    batch.views.retain_mut(|row| find(&video_ids, &mut row.video));
    batch.likes.retain_mut(|row| find(&video_ids, &mut row.video));
    let is_new = |channel: &i32| *channel >= next.channels;
    batch
        .subscribers
        .retain_mut(|row| find(&channel_ids, &mut row.channel) && is_new(&row.channel));
    batch
        .channel_views
        .retain_mut(|row| find(&channel_ids, &mut row.channel) && is_new(&row.channel));
    let known = |ids: &[Option<i32>]| ids.iter().copied().flatten().collect();
    BatchIds {
        videos: known(&video_ids),
        channels: known(&channel_ids),
        channels_by_index: channel_ids,
    }
}

/// The state of a row of a batch.
enum RowState {
    /// It is stored with this id.
    Stored(i32),
    /// It is to be inserted.
    New,
    /// No row refers to it.
    Unused,
}

/// Keeps the new rows, and returns the id of each original row.
fn assign<T>(
    rows: &mut Vec<T>,
    mut next: i32,
    mut state: impl FnMut(&mut T) -> RowState,
) -> Vec<Option<i32>> {
    let mut ids = Vec::with_capacity(rows.len());
    rows.retain_mut(|row| {
        let state = state(row);
        ids.push(match state {
            RowState::Stored(id) => Some(id),
            RowState::New => Some(next),
            RowState::Unused => None,
        });
        let is_new = matches!(state, RowState::New);
        next += i32::from(is_new);
        is_new
    });
    ids
}

fn id_at(ids: &[Option<i32>], index: i32) -> Option<i32> {
    usize::try_from(index).ok().and_then(|index| ids.get(index).copied().flatten())
}
