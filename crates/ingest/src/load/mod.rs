//! Loading batches of rows into the tables.
//!
//! A batch is copied into temporary tables, and a few statements insert the missing rows into
//! the real tables, in one transaction. The natural keys are `video_id`, `channel_id`, the pair
//! of a video and a keyword, and, for counts, the video or channel and the day in Seoul (or the
//! instant: [`CountInterval`]). The latest observation wins: it replaces the count of its day, and the texts and keywords of its
//! video.

mod batch;
mod bulk;
mod copy;
mod error;
mod ids;
mod merge;
mod session;

pub use batch::{
    Batch, CountInterval, NewChannel, NewChannelViews, NewKeyword, NewLikes, NewSubscribers,
    NewVideo, NewViews,
};
pub use bulk::Bulk;
pub use error::LoadError;
pub use ids::{BatchIds, StoredIds};
pub use session::Session;
pub(crate) use session::connect;

use common::db::ADVANCE_DATA_VERSION;
use copy::{Copier, Target};
use tokio_postgres::Transaction;

const EMPTY_STAGING: &str = include_str!("sql/empty_staging.sql");
const FIND_KNOWN: &str = include_str!("sql/find_known.sql");
const CHANNELS: &str = include_str!("sql/insert_channels.sql");
const VIDEOS: &str = include_str!("sql/insert_videos.sql");
const UPDATE_VIDEOS: &str = include_str!("sql/update_videos.sql");
const DELETE_KEYWORDS: &str = include_str!("sql/delete_keywords.sql");
const KEYWORDS: &str = include_str!("sql/insert_keywords.sql");

/// The number of rows that were inserted or updated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Channels.
    pub channels: u64,
    /// Videos.
    pub videos: u64,
    /// Keywords of videos.
    pub keywords: u64,
    /// View counts of videos.
    pub views: u64,
    /// Like counts of videos.
    pub likes: u64,
    /// Subscriber counts of channels.
    pub subscribers: u64,
    /// View counts of channels.
    pub channel_views: u64,
    /// Videos whose texts or keywords were replaced by those of a later observation.
    pub updated_videos: u64,
    /// Observations skipped because of a later one of the same day.
    pub superseded: u64,
}

impl std::ops::AddAssign for Loaded {
    fn add_assign(&mut self, other: Self) {
        self.channels += other.channels;
        self.videos += other.videos;
        self.keywords += other.keywords;
        self.views += other.views;
        self.likes += other.likes;
        self.subscribers += other.subscribers;
        self.channel_views += other.channel_views;
        self.updated_videos += other.updated_videos;
        self.superseded += other.superseded;
    }
}

/// Inserts the missing rows of `batch`, and updates those of earlier observations. A channel is
/// inserted only if a new video refers to it.
pub async fn load(transaction: &Transaction<'_>, batch: &Batch) -> Result<Loaded, LoadError> {
    transaction.batch_execute(EMPTY_STAGING).await?;
    Copier::new(transaction, Target::Staging).copy_batch(batch).await?;
    transaction.batch_execute(FIND_KNOWN).await?;
    let mut loaded = Loaded { superseded: batch.superseded, ..Loaded::default() };
    let mut deleted = 0;
    for (rows, statement, count) in [
        (batch.channels.len(), CHANNELS, &mut loaded.channels),
        (batch.videos.len(), VIDEOS, &mut loaded.videos),
        (batch.videos.len(), UPDATE_VIDEOS, &mut loaded.updated_videos),
        (batch.videos.len(), DELETE_KEYWORDS, &mut deleted),
        (batch.keywords.len(), KEYWORDS, &mut loaded.keywords),
    ] {
        if rows > 0 {
            *count = transaction.execute(statement, &[]).await?;
        }
    }
    let mut replaced = deleted;
    for (rows, table, columns, count) in [
        (batch.views.len(), "video_views", "views", &mut loaded.views),
        (batch.likes.len(), "video_likes", "likes, dislikes", &mut loaded.likes),
        (batch.subscribers.len(), "channel_subscriber", "subscriber_num", &mut loaded.subscribers),
        (batch.channel_views.len(), "channel_views", "view_count", &mut loaded.channel_views),
    ] {
        if rows > 0 {
            let statement = insert_counts(table, columns, batch.interval);
            let row = transaction.query_one(&statement, &[]).await?;
            let number = |index| u64::try_from(row.get::<_, i64>(index)).unwrap_or_default();
            *count = number(0);
            replaced += number(1);
            if table == "video_views" {
                loaded.superseded += number(1) + number(2);
            }
        }
    }
    if loaded != Loaded::default() || replaced > 0 {
        transaction.execute(ADVANCE_DATA_VERSION, &[]).await?;
    }
    Ok(loaded)
}

/// The statement that inserts staged counts into `table`, whose name starts with the owner of
/// the counts.
fn insert_counts(table: &str, columns: &str, interval: CountInterval) -> String {
    let (owner, _) = table.split_once('_').unwrap_or((table, ""));
    let (start, length) = match interval {
        CountInterval::Observation if owner == "video" => ("s.check_time", "1 microsecond"),
        _ => ("date_trunc('day', s.check_time, 'Asia/Seoul')", "24 hours"),
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
        start = start,
        length = length,
    )
}
