//! Loading batches of rows into the tables.
//!
//! A batch is copied into temporary tables, and a few statements insert the missing rows into
//! the real tables, in one transaction; existing rows are kept. The natural keys are
//! `video_id`, `channel_id`, the pair of a video and a keyword, and, for counts, the video or
//! channel and the day in Seoul.

mod batch;
mod bulk;
mod copy;
mod error;
mod ids;
mod session;

pub use batch::{
    Batch, NewChannel, NewChannelViews, NewKeyword, NewLikes, NewSubscribers, NewVideo, NewViews,
};
pub use bulk::Bulk;
pub use error::LoadError;
pub use ids::{BatchIds, StoredIds};
pub use session::Session;

use common::db::ADVANCE_DATA_VERSION;
use copy::{Copier, Target};
use tokio_postgres::Transaction;

const EMPTY_STAGING: &str = include_str!("sql/empty_staging.sql");
const FIND_KNOWN: &str = include_str!("sql/find_known.sql");
const CHANNELS: &str = include_str!("sql/insert_channels.sql");
const VIDEOS: &str = include_str!("sql/insert_videos.sql");
const KEYWORDS: &str = include_str!("sql/insert_keywords.sql");

/// The number of rows that were inserted.
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
    }
}

/// Inserts the missing rows of `batch`. A channel is inserted only if a new video refers to it.
pub async fn load(transaction: &Transaction<'_>, batch: &Batch) -> Result<Loaded, LoadError> {
    transaction.batch_execute(EMPTY_STAGING).await?;
    Copier::new(transaction, Target::Staging).copy_batch(batch).await?;
    transaction.batch_execute(FIND_KNOWN).await?;
    let mut loaded = Loaded::default();
    for (rows, statement, count) in [
        (batch.channels.len(), CHANNELS.to_owned(), &mut loaded.channels),
        (batch.videos.len(), VIDEOS.to_owned(), &mut loaded.videos),
        (batch.keywords.len(), KEYWORDS.to_owned(), &mut loaded.keywords),
        (batch.views.len(), counts("video_views", "views"), &mut loaded.views),
        (batch.likes.len(), counts("video_likes", "likes, dislikes"), &mut loaded.likes),
        (
            batch.subscribers.len(),
            counts("channel_subscriber", "subscriber_num"),
            &mut loaded.subscribers,
        ),
        (
            batch.channel_views.len(),
            counts("channel_views", "view_count"),
            &mut loaded.channel_views,
        ),
    ] {
        if rows > 0 {
            *count = transaction.execute(&statement, &[]).await?;
        }
    }
    if loaded != Loaded::default() {
        transaction.execute(ADVANCE_DATA_VERSION, &[]).await?;
    }
    Ok(loaded)
}

/// The statement that inserts staged counts into `table`, whose name starts with the owner of
/// the counts.
fn counts(table: &str, columns: &str) -> String {
    let (owner, _) = table.split_once('_').unwrap_or((table, ""));
    format!(include_str!("sql/insert_counts.sql"), table = table, owner = owner, columns = columns)
}
