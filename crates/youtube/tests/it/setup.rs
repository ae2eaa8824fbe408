//! A simulator on a free port and a client of it.

use chrono::{DateTime, Utc};
use fake_youtube::{Catalog, Config, FakeYoutube, Simulator, VideoState};
use std::{sync::Arc, time::Duration};
use youtube::{ChannelId, Client, Limits, MemoryLedger, Video, VideoId};

pub const KEY: &str = "AIzaSyTestKey-0123456789";

/// The simulated time at the start of a test.
pub fn start() -> DateTime<Utc> {
    at("2026-11-22T03:00:00Z")
}

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub struct Setup {
    pub server: FakeYoutube,
    pub client: Client,
    pub ledger: Arc<MemoryLedger>,
}

/// 200 channels, and a clock that stands still.
pub fn config() -> Config {
    let key = Some(KEY.into());
    Config { channels: 200, seed: 7, speed: 0.0, start: start(), key, ..Config::default() }
}

pub fn setup() -> Setup {
    Setup::new(config(), Limits::default())
}

impl Setup {
    /// `limits` are the limits of the client's ledger.
    pub fn new(config: Config, limits: Limits) -> Self {
        let server = FakeYoutube::start(Simulator::new(config).unwrap(), "127.0.0.1:0").unwrap();
        let ledger = Arc::new(MemoryLedger::with_clock(limits, start));
        let client = client(&server, KEY, &ledger, |_| ());
        Self { server, client, ledger }
    }

    pub fn simulator(&self) -> &Simulator {
        self.server.simulator()
    }

    pub fn catalog(&self) -> &Catalog {
        self.simulator().catalog()
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.simulator().clock().now()
    }

    /// A client with a separate ledger.
    pub fn client_with_new_ledger(&self) -> Client {
        let ledger = Arc::new(MemoryLedger::with_clock(Limits::default(), start));
        client(&self.server, KEY, &ledger, |_| ())
    }

    /// Channels that exist now.
    pub fn channels(&self) -> Vec<ChannelId> {
        let exists = |id: &&ChannelId| self.catalog().channel_at(id, self.now()).is_some();
        self.catalog().channel_ids().filter(exists).cloned().collect()
    }

    /// The newest uploads of all channels, also removed ones.
    pub fn uploads(&self, of_channel: usize) -> Vec<VideoState> {
        let now = self.now();
        let of = |id: ChannelId| {
            let ids: Vec<VideoId> =
                self.catalog().uploads_until(&id, now).take(of_channel).collect();
            ids.into_iter().filter_map(|id| self.catalog().video_at(&id, now)).collect::<Vec<_>>()
        };
        self.channels().into_iter().flat_map(of).collect()
    }

    /// Some upload with a property.
    pub fn find(&self, has_property: impl Fn(&VideoState) -> bool) -> VideoState {
        self.uploads(60).into_iter().find(has_property).expect("an upload with the property")
    }

    /// One video, which exists.
    pub async fn video(&self, id: &VideoId) -> Video {
        let ids = std::slice::from_ref(id);
        self.client.videos(ids, &youtube::Part::ALL).await.unwrap().items.remove(0)
    }
}

/// A client with short delays.
pub fn client(
    server: &FakeYoutube,
    key: &str,
    ledger: &Arc<MemoryLedger>,
    change: impl FnOnce(&mut youtube::Config),
) -> Client {
    let mut config = youtube::Config {
        min_backoff: Duration::from_millis(1),
        max_backoff: Duration::from_millis(5),
        ..server.client_config()
    };
    change(&mut config);
    Client::new(config, &key.to_owned().into(), Arc::clone(ledger) as _).unwrap()
}
