//! Settings: embedded defaults, then an optional file, then the environment.
//!
//! A later source overrides an earlier one, key by key. An unknown key in any of
//! them is refused, so that a misspelt setting cannot be silently without effect.

mod accounts;
mod sources;
mod values;

pub use accounts::{PasswordSettings, TokenSettings};
pub use sources::{ENVIRONMENT_PREFIX, FILE_VARIABLE, Settings, SettingsError};
pub use values::{List, Millis};

use secrecy::SecretString;
use serde::Deserialize;
use std::path::PathBuf;

/// The settings that every process of the system knows.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommonSettings {
    /// The service's own HTTP server.
    pub http: HttpSettings,
    /// What is logged, and how.
    pub log: LogSettings,
    /// The cache of finished answers.
    pub cache: CacheSettings,
    /// Where the rows are.
    pub postgres: PostgresSettings,
    /// Where the search index is.
    pub elasticsearch: ElasticsearchSettings,
    /// Where predictions are queued.
    pub rabbitmq: RabbitmqSettings,
    /// What tokens are signed and verified with.
    pub tokens: TokenSettings,
    /// How passwords are hashed.
    pub passwords: PasswordSettings,
    /// What predictions are made with.
    pub model: ModelSettings,
}

/// `[http]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpSettings {
    /// The address to listen on.
    pub host: String,
    /// The port to listen on; 0 lets the system choose one.
    pub port: u16,
    /// Actix worker threads.
    pub workers: usize,
    /// From the head of a request to the end of its answer.
    pub deadline_ms: Millis,
    /// What requests under way may take after SIGTERM.
    pub drain_ms: Millis,
    /// The largest request body, in bytes.
    pub max_body_bytes: usize,
    /// Origins a browser may call from; `*` is any.
    pub cors_origins: List<String>,
}

/// `[log]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogSettings {
    /// A filter in the syntax of `tracing_subscriber::EnvFilter`.
    pub level: String,
    /// For machines or for people.
    pub format: LogFormat,
}

/// How a log line is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// One readable line an event.
    Text,
}

/// `[cache]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CacheSettings {
    /// How long an answer is fresh; 0 switches the cache off.
    pub fresh_ms: Millis,
    /// How long after that it may still be given while it cannot be renewed.
    pub stale_ms: Millis,
    /// What all answers of a replica may weigh together.
    pub max_bytes: u64,
    /// How often a replica checks whether the data changed; 0 checks before every response.
    pub version_check_ms: Millis,
}

/// `[postgres]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostgresSettings {
    /// Host name or address.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// Database name.
    pub database: String,
    /// Role to log in as.
    pub user: String,
    /// Its password; or `password_file`.
    pub password: Option<SecretString>,
    /// A file that holds the password.
    pub password_file: Option<PathBuf>,
    /// Connections a process keeps.
    pub pool_size: usize,
    /// The longest a connection may take to open.
    pub connect_ms: Millis,
    /// The longest wait for a connection of the pool.
    pub wait_ms: Millis,
    /// The longest a statement of a service may run.
    pub statement_ms: Millis,
}

impl PostgresSettings {
    /// The password, from the setting itself or from the file it names.
    pub fn password(&self) -> Result<SecretString, SettingsError> {
        let file = self.password_file.as_deref();
        values::secret("postgres", "password", self.password.as_ref(), file)
    }
}

/// `[elasticsearch]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElasticsearchSettings {
    /// Base URLs of the nodes, parted by commas; requests go to them in turn.
    pub url: List<String>,
    /// Before the name of every index and alias.
    pub index_prefix: String,
    /// The longest a request may take.
    pub deadline_ms: Millis,
}

/// `[rabbitmq]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RabbitmqSettings {
    /// Host name or address.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// Virtual host.
    pub vhost: String,
    /// User to log in as.
    pub user: String,
    /// Its password; or `password_file`.
    pub password: Option<SecretString>,
    /// A file that holds the password.
    pub password_file: Option<PathBuf>,
    /// The longest a connection may take to open.
    pub connect_ms: Millis,
}

impl RabbitmqSettings {
    /// The password, from the setting itself or from the file it names.
    pub fn password(&self) -> Result<SecretString, SettingsError> {
        let file = self.password_file.as_deref();
        values::secret("rabbitmq", "password", self.password.as_ref(), file)
    }
}

/// `[model]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelSettings {
    /// A model file of `createtrend train`; without one, the model that ships with the
    /// project is used.
    pub file: Option<PathBuf>,
}
