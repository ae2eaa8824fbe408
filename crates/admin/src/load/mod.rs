//! Putting many rows into the tables: what `import` and `seed` share.
//!
//! Rows come in batches. A batch is copied into temporary tables, and a few statements
//! put into the real tables what is missing there, in one transaction. What is there
//! already stays as it is. The natural keys are `video_id`, `channel_id`, the pair of a
//! video and a keyword, and, for everything counted, the thing and the day in Seoul.

mod batch;
mod bulk;
mod copy;
mod error;
mod numbers;
mod session;

pub use batch::{
    Batch, NewChannel, NewChannelViews, NewKeyword, NewLikes, NewSubscribers, NewVideo, NewViews,
};
pub use bulk::Bulk;
pub use error::LoadError;
pub use numbers::{Known, Numbers};
pub use session::Session;

use common::db::ADVANCE_DATA_VERSION;
use copy::{Copier, Target};
use tokio_postgres::Transaction;

const EMPTY_STAGING: &str = include_str!("sql/empty_staging.sql");
const FIND_KNOWN: &str = include_str!("sql/find_known.sql");
const CHANNELS: &str = include_str!("sql/insert_channels.sql");
const VIDEOS: &str = include_str!("sql/insert_videos.sql");
const KEYWORDS: &str = include_str!("sql/insert_keywords.sql");
const VIEWS: &str = include_str!("sql/insert_views.sql");
const LIKES: &str = include_str!("sql/insert_likes.sql");
const SUBSCRIBERS: &str = include_str!("sql/insert_subscribers.sql");
const CHANNEL_VIEWS: &str = include_str!("sql/insert_channel_views.sql");

/// How many rows were missing, and are there now.
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

/// Inserts what of `batch` is missing. A channel is inserted only when a new video needs it.
pub async fn load(transaction: &Transaction<'_>, batch: &Batch) -> Result<Loaded, LoadError> {
    transaction.batch_execute(EMPTY_STAGING).await?;
    Copier::new(transaction, Target::Staging).copy_batch(batch).await?;
    transaction.batch_execute(FIND_KNOWN).await?;
    let mut loaded = Loaded::default();
    for (rows, statement, count) in [
        (batch.channels.len(), CHANNELS, &mut loaded.channels),
        (batch.videos.len(), VIDEOS, &mut loaded.videos),
        (batch.keywords.len(), KEYWORDS, &mut loaded.keywords),
        (batch.views.len(), VIEWS, &mut loaded.views),
        (batch.likes.len(), LIKES, &mut loaded.likes),
        (batch.subscribers.len(), SUBSCRIBERS, &mut loaded.subscribers),
        (batch.channel_views.len(), CHANNEL_VIEWS, &mut loaded.channel_views),
    ] {
        if rows > 0 {
            *count = transaction.execute(statement, &[]).await?;
        }
    }
    if loaded != Loaded::default() {
        transaction.execute(ADVANCE_DATA_VERSION, &[]).await?;
    }
    Ok(loaded)
}
