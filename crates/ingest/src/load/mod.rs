//! Loading batches of rows into the tables.
//!
//! A batch is copied into temporary tables, and a few statements insert the missing rows into
//! the real tables, in one transaction. The natural keys are `video_id`, `channel_id`, the pair
//! of a video and a keyword, and, for counts, the video or channel and the day in Seoul (or the
//! instant: [`ObservationGranularity`]). The latest observation wins: it replaces the count of
//! its day, and the texts, keywords, publication time and channel of its video.

mod batch;
mod bulk;
mod copy;
mod error;
mod ids;
mod merge;
mod session;

pub(crate) use batch::{CHANNEL_NAME_PREFIX, is_preferred_channel, row_index};
pub use batch::{
    NewChannel, NewChannelViews, NewKeyword, NewLikes, NewSubscribers, NewVideo, NewViews,
    ObservationGranularity, ObservationRank, RowBatch,
};
pub use bulk::Bulk;
pub use error::LoadError;
pub use ids::{BatchIds, StoredIds};
pub use session::Session;
pub(crate) use session::connect;

use chrono::TimeDelta;
use common::db::ADVANCE_DATA_VERSION;
use copy::{Copier, Target};
use std::collections::HashSet;
use tokio_postgres::{Row, Transaction};

/// The maximum age of `video.changed_at` when a change is committed: it is the start time of the
/// transaction. A reader of the changes since its last reading looks back further by this.
pub const MAX_COMMIT_DELAY: TimeDelta = TimeDelta::minutes(2);

const EMPTY_STAGING: &str = include_str!("sql/empty_staging.sql");
const SET_KNOWN: &str = "
    INSERT INTO known_video (index, idx, is_new)
    SELECT (position - 1)::integer, idx, false
    FROM unnest($1::integer[]) WITH ORDINALITY AS stored (idx, position)";
const FIND_KNOWN: &str = include_str!("sql/find_known.sql");
const INSERT_CHANNELS: &str = include_str!("sql/insert_channels.sql");
const INSERT_VIDEOS: &str = include_str!("sql/insert_videos.sql");
const UPDATE_VIDEOS: &str = include_str!("sql/update_videos.sql");
const MOVE_VIDEOS: &str = include_str!("sql/move_videos.sql");
const DELETE_KEYWORDS: &str = include_str!("sql/delete_keywords.sql");
const INSERT_KEYWORDS: &str = include_str!("sql/insert_keywords.sql");

/// The number of rows that were inserted or updated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LoadCounts {
    /// Rows of `channel`.
    pub channels: u64,
    /// Rows of `video`.
    pub videos: u64,
    /// Rows of `video_keyword_new`.
    pub keywords: u64,
    /// View counts of videos.
    pub views: u64,
    /// Like counts of videos.
    pub likes: u64,
    /// Subscriber counts of channels.
    pub subscribers: u64,
    /// View counts of channels.
    pub channel_views: u64,
    /// The ids of stored videos whose metadata, keywords or channel changed, not only their counts.
    pub updated_videos: HashSet<i32>,
    /// Observations that were superseded by a later one of the same day.
    pub superseded: u64,
}

impl std::ops::AddAssign for LoadCounts {
    fn add_assign(&mut self, other: Self) {
        self.channels += other.channels;
        self.videos += other.videos;
        self.keywords += other.keywords;
        self.views += other.views;
        self.likes += other.likes;
        self.subscribers += other.subscribers;
        self.channel_views += other.channel_views;
        self.updated_videos.extend(other.updated_videos);
        self.superseded += other.superseded;
    }
}

/// Inserts the missing rows of `batch`, and updates rows of earlier observations. A channel is
/// inserted only if a new or moved video refers to it.
pub async fn load(
    transaction: &Transaction<'_>,
    batch: &RowBatch,
) -> Result<LoadCounts, LoadError> {
    transaction.batch_execute(EMPTY_STAGING).await?;
    Copier::new(transaction, Target::Staging).copy_batch(batch).await?;
    transaction.batch_execute(FIND_KNOWN).await?;
    let mut loaded = LoadCounts { superseded: batch.superseded, ..LoadCounts::default() };
    let mut updated = Updated::default();
    if !batch.channels.is_empty() {
        loaded.channels = transaction.execute(INSERT_CHANNELS, &[]).await?;
    }
    if !batch.videos.is_empty() {
        loaded.videos = transaction.execute(INSERT_VIDEOS, &[]).await?;
        updated.update_videos(transaction).await?;
        updated.add(&transaction.query(DELETE_KEYWORDS, &[]).await?);
    }
    if !batch.keywords.is_empty() {
        let row = transaction.query_one(INSERT_KEYWORDS, &[]).await?;
        loaded.keywords = u64::try_from(row.get::<_, i64>(0)).unwrap_or_default();
        updated.videos.extend(row.get::<_, Vec<i32>>(1));
    }
    loaded.updated_videos = updated.videos;
    let replaced = load_staged_counts(transaction, batch, &mut loaded).await?;
    if loaded != LoadCounts::default() || updated.counts + replaced > 0 {
        transaction.execute(ADVANCE_DATA_VERSION, &[]).await?;
    }
    Ok(loaded)
}

/// Inserts the view and like counts of `batch`, whose videos are stored with the ids `videos`.
pub(crate) async fn load_counts(
    transaction: &Transaction<'_>,
    batch: &RowBatch,
    videos: &[i32],
) -> Result<LoadCounts, LoadError> {
    transaction.batch_execute(EMPTY_STAGING).await?;
    Copier::new(transaction, Target::Staging).copy_video_counts(batch).await?;
    transaction.execute(SET_KNOWN, &[&videos]).await?;
    let mut loaded = LoadCounts::default();
    let replaced = load_staged_counts(transaction, batch, &mut loaded).await?;
    if loaded != LoadCounts::default() || replaced > 0 {
        transaction.execute(ADVANCE_DATA_VERSION, &[]).await?;
    }
    Ok(loaded)
}

/// Inserts the staged counts, and adds their numbers to `loaded`. Returns how many replaced stored
/// ones.
async fn load_staged_counts(
    transaction: &Transaction<'_>,
    batch: &RowBatch,
    loaded: &mut LoadCounts,
) -> Result<u64, LoadError> {
    let mut replaced = 0;
    for (rows, table, columns, count) in [
        (batch.views.len(), "video_views", "views", &mut loaded.views),
        (batch.likes.len(), "video_likes", "likes, dislikes", &mut loaded.likes),
        (batch.subscribers.len(), "channel_subscriber", "subscriber_num", &mut loaded.subscribers),
        (batch.channel_views.len(), "channel_views", "view_count", &mut loaded.channel_views),
    ] {
        if rows > 0 {
            let statement = insert_counts(table, columns, batch.granularity);
            let row = transaction.query_one(&statement, &[]).await?;
            let number = |index| u64::try_from(row.get::<_, i64>(index)).unwrap_or_default();
            *count = number(0);
            replaced += number(1);
            if table == "video_views" {
                loaded.superseded += number(1) + number(2);
            }
        }
    }
    Ok(replaced)
}

/// Stored videos that a batch changed.
#[derive(Debug, Default)]
struct Updated {
    /// The ids of videos whose metadata, keywords or channel changed.
    videos: HashSet<i32>,
    /// The number of videos with only a changed comment count or removal time.
    counts: u64,
}

impl Updated {
    /// Updates the metadata and channels of the stored videos in `known_video`.
    async fn update_videos(&mut self, transaction: &Transaction<'_>) -> Result<(), LoadError> {
        self.add(&transaction.query(MOVE_VIDEOS, &[]).await?);
        for row in transaction.query(UPDATE_VIDEOS, &[]).await? {
            if row.get(1) {
                self.videos.insert(row.get(0));
            } else {
                self.counts += 1;
            }
        }
        Ok(())
    }

    /// Adds the videos whose ids are the first column of `rows`.
    fn add(&mut self, rows: &[Row]) {
        self.videos.extend(rows.iter().map(|row| row.get::<_, i32>(0)));
    }
}

/// The statement that inserts staged counts into `table`, whose name starts with the owner of
/// the counts.
fn insert_counts(table: &str, columns: &str, granularity: ObservationGranularity) -> String {
    let (owner, _) = table.split_once('_').unwrap_or((table, ""));
    let (start, length) = match granularity {
        ObservationGranularity::Observation if owner == "video" => {
            ("s.check_time", "1 microsecond")
        }
        _ => ("date_trunc('day', s.check_time, 'Asia/Seoul')", "24 hours"),
    };
    // The last stored count of a channel replaces another one of the same time.
    let rank = |name: &str| match owner {
        "video" => {
            let columns =
                columns.split(", ").map(|column| format!("coalesce({name}.{column}, -1)"));
            format!("ARRAY[{}]", columns.collect::<Vec<_>>().join(", "))
        }
        _ => "0".to_owned(),
    };
    let qualified = |name: &str| {
        let columns = columns.split(", ").map(|column| format!("{name}.{column}"));
        columns.collect::<Vec<_>>().join(", ")
    };
    format!(
        include_str!("sql/insert_counts.sql"),
        table = table,
        owner = owner,
        columns = columns,
        stored_columns = qualified("x"),
        found_columns = qualified("f"),
        staged_rank = rank("s"),
        stored_rank = rank("x"),
        start = start,
        length = length,
    )
}
