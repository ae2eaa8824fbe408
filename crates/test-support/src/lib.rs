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

mod broker;
mod database;
pub mod dataset;
mod gateway;
mod http;
mod index;
mod proxy;
mod replica;
mod service;
pub mod tables;
mod videos;
mod wait;

pub use broker::TestBroker;
pub use database::{Database, unmigrated_database};
pub use gateway::Gateway;
pub use http::{Reply, client, steady};
pub use index::TestIndex;
pub use proxy::{Protocol, Proxy};
pub use service::TestService;
pub use videos::{VideoBuilder, moment, video};
pub use wait::eventually;

use common::settings::{CommonSettings, Settings};
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

/// Secrets that are none, and a bcrypt that is quick: for every test that does not say
/// otherwise. A key of the environment's own stands in a file, which counts less.
const ACCOUNTS: [(&str, &str); 3] = [
    ("CREATETREND_TOKENS__KEYS", TOKEN_KEYS),
    ("CREATETREND_PASSWORDS__KEY", PASSWORD_KEY),
    ("CREATETREND_PASSWORDS__COST", "4"),
];

/// What tests sign tokens with: one key, `test`.
pub const TOKEN_KEYS: &str = "test:a-secret-of-tests-that-is-long-enough";

/// What tests hash passwords with.
pub const PASSWORD_KEY: &str = "another-secret-of-tests-that-is-long-enough";

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
    for (name, value) in ACCOUNTS {
        environment.entry(name.to_owned()).or_insert_with(|| value.to_owned());
    }
    environment.extend(overrides.iter().map(|(key, value)| ((*key).into(), (*value).into())));
    environment
}

/// The same for a service, which is to the servers who it is in production: with its own
/// role and user, and their rights.
fn environment_of(service: &str, overrides: &[(&str, &str)]) -> HashMap<String, String> {
    let mut environment = environment(&[]);
    for server in ["postgres", "rabbitmq"] {
        let Some(password) = secret_of(service, server) else { continue };
        let section = format!("CREATETREND_{}__", server.to_uppercase());
        environment.insert(format!("{section}USER"), service.to_owned());
        environment.insert(format!("{section}PASSWORD_FILE"), password.display().to_string());
    }
    environment.extend(overrides.iter().map(|(key, value)| ((*key).into(), (*value).into())));
    environment
}

/// The file of a service's password at a server that it uses.
fn secret_of(service: &str, server: &str) -> Option<PathBuf> {
    let secrets = std::env::var("TEST_SECRETS").expect("TEST_SECRETS is set");
    let file = Path::new(&secrets).join(service).join(format!("{server}_password"));
    file.exists().then_some(file)
}

/// A name that no other test has.
fn unique(start: &str) -> String {
    format!("{start}{}", uuid::Uuid::new_v4().simple())
}
