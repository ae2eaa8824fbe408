//! Collection of videos and channels from the YouTube Data API v3 and from channel feeds, for the
//! service `collector` and for `createtrend collect`.
//!
//! Processes share the due work through PostgreSQL: each claims rows for some minutes
//! (`FOR UPDATE SKIP LOCKED`), so that the work of a killed one is repeated later,
//! that of Shorts after 12 hours.
//!
//! | work | source of data | when |
//! |---|---|---|
//! | uploads of channels | feeds, which cost no quota; `playlistItems.list` at first, after a gap and during outages | every half hour |
//! | charts, searches | `videos.list`, `search.list`: they discover channels | by setting |
//! | statistics of videos | `videos.list`, 50 videos a unit, or `videos:batchGetStats` between readings of details, youngest first | [`youtube::next_check`] |
//! | statistics of channels | `channels.list`, 50 channels a unit | daily |
//! | which videos are Shorts | playlists of Shorts, for videos of up to three minutes | at most twice a day per channel |
//!
//! Observations are written by [`ingest`], and changed videos are indexed within a minute.
//!
//! Public functions return boxed futures, so that calling crates do not compile them again.

mod clock;
mod collector;
mod error;
mod index;
mod key_file;
mod ledger;
mod metrics;
pub mod queries;
mod records;
mod rollups;
mod round;
mod run;
mod settings;
mod simulator_clock;
mod source;
mod status;
mod tasks;

pub use clock::Clock;
pub use collector::Collector;
pub use error::CollectError;
pub use key_file::{InvalidKey, KeyFileError, read_key_file};
pub use ledger::QuotaLedger;
pub use round::{CollectionRound, Failure, WorkKind};
pub use settings::CollectorSettings;
pub use simulator_clock::SimulatorClock;
pub use source::{InvalidSource, Source};

/// The defaults of [`CollectorSettings`], in TOML.
pub const DEFAULTS: &str = include_str!("../defaults.toml");
