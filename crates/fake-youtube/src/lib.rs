//! Deterministic simulator of the YouTube Data API v3 and of channel feeds, for tests and demos.
//!
//! Channels and videos are computed from a seed and the simulated time: a year of thousands of
//! channels needs no storage, and any stored state can be compared with the state of the simulator
//! ([`Catalog::video_at`], [`Catalog::channel_at`], `GET /control/snapshot`). Responses have the
//! form of recorded responses. Faults are injected with [`Simulator::add_fault`] or
//! `POST /control/faults`.
//!
//! ```
//! use fake_youtube::{Config, FakeYoutube, Simulator};
//!
//! let config = Config { channels: 20, speed: 0.0, ..Config::default() };
//! let server = FakeYoutube::start(Simulator::new(config)?, "127.0.0.1:0")?;
//! let client_config = server.client_config();
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod catalog;
mod clock;
mod faults;
mod recording;
mod server;
mod simulator;
mod sources;

pub use catalog::{
    Catalog, ChannelState, LivePhase, PlaylistPage, VideoKind, VideoState, Visibility,
};
pub use clock::Clock;
pub use faults::{Fault, FaultKind};
pub use recording::{Recording, RecordingError};
pub use server::FakeYoutube;
pub use simulator::{Config, Simulator, SimulatorError};
pub use sources::write_sources;
