//! Support for tests against real PostgreSQL, Elasticsearch, RabbitMQ and nginx, each with an
//! isolated database, index prefix, virtual host and port.
//!
//! The environment configures the servers as for services (`CREATETREND_POSTGRES__HOST` and so
//! on); `scripts/test` starts them.

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
pub use database::{TestDatabase, migration_names, unmigrated_database};
pub use gateway::TestGateway;
pub use http::{Reply, client, redact_volatile};
pub use index::TestIndex;
pub use proxy::{Protocol, Proxy};
pub use service::TestService;
pub use videos::{VideoBuilder, seoul_time_ago, video};
pub use wait::wait_until;

use common::settings::{CommonSettings, Settings};
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

/// Test secrets and a low bcrypt cost. They override key files of the environment.
const SECRETS: [(&str, &str); 3] = [
    ("CREATETREND_TOKENS__KEYS", TOKEN_KEYS),
    ("CREATETREND_PASSWORDS__KEY", PASSWORD_KEY),
    ("CREATETREND_PASSWORDS__COST", "4"),
];

/// The signing key of tokens in tests.
pub const TOKEN_KEYS: &str = "test:a-secret-of-tests-that-is-long-enough";

/// The password key of tests.
pub const PASSWORD_KEY: &str = "another-secret-of-tests-that-is-long-enough";

/// The settings of the environment that `scripts/test` creates.
pub fn settings() -> CommonSettings {
    settings_with(&[]).common
}

fn settings_with(overrides: &[(&str, &str)]) -> Settings {
    let environment = environment(overrides);
    Settings::from_environment("test", "", environment).expect("valid settings in the environment")
}

fn environment(overrides: &[(&str, &str)]) -> HashMap<String, String> {
    let mut environment: HashMap<String, String> =
        std::env::vars().filter(|(key, _)| key.starts_with("CREATETREND_")).collect();
    assert!(
        environment.contains_key("CREATETREND_ELASTICSEARCH__URL"),
        "no servers to test against: run `scripts/test`, or load the environment that \
         `scripts/up` wrote"
    );
    for (name, value) in SECRETS {
        environment.entry(name.to_owned()).or_insert_with(|| value.to_owned());
    }
    environment.extend(overrides.iter().map(|(key, value)| ((*key).into(), (*value).into())));
    environment
}

/// The environment of a service with its own role in PostgreSQL and user in RabbitMQ, with the
/// permissions of production.
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

/// The password file of a service for a server, if it uses that server.
fn secret_of(service: &str, server: &str) -> Option<PathBuf> {
    let secrets = std::env::var("TEST_SECRETS").expect("TEST_SECRETS is set");
    let file = Path::new(&secrets).join(service).join(format!("{server}_password"));
    file.exists().then_some(file)
}

/// A unique name with a prefix.
fn unique(prefix: &str) -> String {
    format!("{prefix}{}", uuid::Uuid::new_v4().simple())
}
