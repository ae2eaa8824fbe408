//! Tests against the real PostgreSQL, Elasticsearch, RabbitMQ and nginx, each in a world
//! of its own: a database, an index prefix, a server on a port of its own.
//!
//! The servers are those that the environment names, as the services find them
//! (`CREATETREND_POSTGRES__HOST` and so on); `scripts/test` starts them.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot be set up fails"
)]

mod database;
mod gateway;
mod http;
mod index;
mod proxy;
mod replica;
mod service;
mod videos;

pub use database::{Database, unmigrated_database};
pub use gateway::Gateway;
pub use http::{Reply, client, steady};
pub use index::TestIndex;
pub use proxy::{Protocol, Proxy};
pub use service::TestService;
pub use videos::{VideoBuilder, moment, video};

use common::settings::{CommonSettings, Settings};
use std::collections::HashMap;

/// The settings that `scripts/test` gave this process, for whatever test needs servers.
pub fn settings() -> CommonSettings {
    settings_with(&[]).common
}

/// The same, with some settings of the environment replaced.
fn settings_with(overrides: &[(&str, &str)]) -> Settings {
    let environment = environment(overrides);
    Settings::from_environment("test", "", environment)
        .expect("the settings in the environment can be read")
}

/// This process' settings from the environment, with some replaced.
fn environment(overrides: &[(&str, &str)]) -> HashMap<String, String> {
    let mut environment: HashMap<String, String> =
        std::env::vars().filter(|(key, _)| key.starts_with("CREATETREND_")).collect();
    assert!(
        environment.contains_key("CREATETREND_ELASTICSEARCH__URL"),
        "no servers to test against: run `scripts/test`, or load the environment that \
         `scripts/up` wrote"
    );
    environment.extend(overrides.iter().map(|(key, value)| ((*key).into(), (*value).into())));
    environment
}

/// A name that no other test has.
fn unique(start: &str) -> String {
    format!("{start}{}", uuid::Uuid::new_v4().simple())
}
