//! Typed client of the YouTube Data API v3 and of channel feeds, with quota accounting.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use youtube::{Client, Config, Limits, MemoryLedger, Part};
//!
//! let ledger = std::sync::Arc::new(MemoryLedger::new(Limits::default()));
//! let client = Client::new(Config::default(), &"the key".into(), ledger)?;
//! let batch = client.videos(&["dQw4w9WgXcQ".parse()?], &[Part::Statistics]).await?;
//! for video in batch.items {
//!     println!("{}: {:?}", video.id, video.statistics.map(|counts| counts.view_count));
//! }
//! # Ok(())
//! # }
//! ```
//!
//! - Each attempt reserves its cost in a [`Ledger`] before it is sent; [`Usage`], [`PacificDay`]
//!   and [`Limits`] are the rules of a ledger.
//! - Every call ends within [`Config::total_timeout`]. Transient failures are retried with
//!   exponential backoff and jitter; `Retry-After` is honored.
//! - [`Error::action`] is the recommended reaction to an error: skip, retry later, stop a bucket,
//!   or halt.
//! - Ids that the API does not return are in [`IdResponse::missing`] (deleted or private videos), items
//!   that cannot be parsed in `invalid`; neither fails the others.
//! - [`next_check`] is the schedule of checks.

// Times are `chrono` types. `jiff` provides two things that `chrono` lacks: the time zone
// America/Los_Angeles, at whose midnight quotas are reset, and durations in ISO 8601.

mod api;
mod client;
mod duration;
mod error;
mod feed;
mod ids;
mod quota;
mod response;
mod schedule;

pub use api::{
    Availability, CategorySnippet, Channel, ChannelContentDetails, ChannelSnippet,
    ChannelStatistics, ContentDetails, LiveState, LiveStreamingDetails, MAX_SHORT_DURATION, Part,
    PlaylistItem, PrivacyStatus, RelatedPlaylists, SearchQuery, SearchResult, Status, Thumbnail,
    Thumbnails, Video, VideoCategory, VideoSnippet, VideoStatistics, VideoStats,
};
pub use client::{BuildError, Client, Config};
pub use error::{Action, Error, KeyProblem, Resource};
pub use feed::{CacheValidators, Feed, FeedEntry, FetchedFeed};
pub use ids::{ChannelId, ChannelRef, Handle, InvalidId, PlaylistId, VideoId};
pub use quota::{
    Bucket, Cost, Exhausted, Ledger, Limits, MemoryLedger, Method, PacificDay, ReserveError, Usage,
    next_reset,
};
pub use response::{IdResponse, InvalidItem, MAX_IDS, Page, PageToken};
pub use schedule::next_check;
