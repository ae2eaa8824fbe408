//! Settings: embedded defaults, then an optional file, then the environment.
//!
//! A later source overrides an earlier one, key by key. An unknown key in any source is an
//! error, so that a misspelled setting is not silently ignored.

mod renamed;
mod sources;
mod values;

pub(crate) use sources::{reference, schema};

pub use sources::{ENVIRONMENT_PREFIX, FILE_VARIABLE, Settings, SettingsError};
pub use values::{List, Millis};

use schemars::JsonSchema;
use secrecy::SecretString;
use serde::Deserialize;
use std::path::PathBuf;

/// The settings that all processes share.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommonSettings {
    /// HTTP server.
    pub http: HttpSettings,
    /// Logging.
    pub log: LogSettings,
    /// Response cache.
    pub cache: CacheSettings,
    /// PostgreSQL.
    pub postgres: PostgresSettings,
    /// Elasticsearch.
    pub elasticsearch: ElasticsearchSettings,
    /// RabbitMQ.
    pub rabbitmq: RabbitmqSettings,
    /// Signing and verification of tokens.
    pub tokens: TokenSettings,
    /// Password hashing.
    pub passwords: PasswordSettings,
    /// Prediction model.
    pub model: ModelSettings,
}

/// `[http]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HttpSettings {
    /// Address to listen on.
    pub host: String,
    /// Port to listen on; 0 selects a free port.
    pub port: u16,
    /// Number of actix worker threads.
    pub workers: usize,
    /// Timeout of a request, from its head to the end of the response.
    pub deadline_ms: Millis,
    /// Timeout for requests in progress after SIGTERM.
    pub shutdown_timeout_ms: Millis,
    /// Maximum size of a request body, in bytes.
    pub max_body_bytes: usize,
    /// Allowed CORS origins; `*` allows any.
    pub cors_origins: List<String>,
}

/// `[log]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LogSettings {
    /// Log filter in the syntax of `tracing_subscriber::EnvFilter`.
    pub level: String,
    /// Log format: `json` or `text`.
    pub format: LogFormat,
}

/// The format of log lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// One JSON object per line.
    Json,
    /// One human-readable line per event.
    Text,
}

/// `[cache]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CacheSettings {
    /// Time to live of a cached response; 0 disables the cache.
    pub ttl_ms: Millis,
    /// How long after its time to live a response may be served stale if it cannot be renewed.
    pub stale_ms: Millis,
    /// Maximum size of the response cache of a replica, in bytes.
    pub max_bytes: u64,
    /// Interval of checks for changed data; 0 checks before every response.
    pub version_check_ms: Millis,
}

/// `[postgres]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
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
    /// Password; or `password_file`.
    #[schemars(with = "Option<String>")]
    pub password: Option<SecretString>,
    /// Path of a file with the password.
    pub password_file: Option<PathBuf>,
    /// Maximum number of pooled connections per process.
    pub pool_size: usize,
    /// Timeout for opening a connection.
    pub connect_timeout_ms: Millis,
    /// Timeout for acquiring a connection from the pool.
    pub acquire_timeout_ms: Millis,
    /// Timeout of an SQL statement.
    pub statement_timeout_ms: Millis,
}

impl PostgresSettings {
    /// The password, from `password` or `password_file`.
    pub fn password(&self) -> Result<SecretString, SettingsError> {
        let file = self.password_file.as_deref();
        values::secret("postgres", "password", self.password.as_ref(), file)
    }
}

/// `[elasticsearch]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ElasticsearchSettings {
    /// Base URLs of the nodes, comma-separated; requests are distributed round robin.
    pub url: List<String>,
    /// Prefix of the names of all indexes and aliases.
    pub index_prefix: String,
    /// Timeout of a search request.
    pub search_timeout_ms: Millis,
}

/// `[rabbitmq]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
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
    /// Password; or `password_file`.
    #[schemars(with = "Option<String>")]
    pub password: Option<SecretString>,
    /// Path of a file with the password.
    pub password_file: Option<PathBuf>,
    /// Timeout for opening a connection.
    pub connect_timeout_ms: Millis,
}

impl RabbitmqSettings {
    /// The password, from `password` or `password_file`.
    pub fn password(&self) -> Result<SecretString, SettingsError> {
        let file = self.password_file.as_deref();
        values::secret("rabbitmq", "password", self.password.as_ref(), file)
    }
}

/// `[tokens]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenSettings {
    /// Keys of the form `id:secret`, one per line or comma-separated; or `keys_file`. The
    /// first signs, all verify.
    #[schemars(with = "Option<String>")]
    pub keys: Option<SecretString>,
    /// Path of a file with the keys.
    pub keys_file: Option<PathBuf>,
    /// Issuer of tokens: the claim `iss`.
    pub issuer: String,
    /// Audience of tokens: the claim `aud`.
    pub audience: String,
    /// Lifetime of a token.
    pub lifetime_ms: Millis,
}

impl TokenSettings {
    /// The keys as text, from `keys` or `keys_file`.
    pub fn keys(&self) -> Result<SecretString, SettingsError> {
        values::secret("tokens", "keys", self.keys.as_ref(), self.keys_file.as_deref())
    }
}

/// `[passwords]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordSettings {
    /// The HMAC key that is applied to passwords before bcrypt; or `key_file`. Without it no
    /// stored password can be verified.
    #[schemars(with = "Option<String>")]
    pub key: Option<SecretString>,
    /// Path of a file with the key.
    pub key_file: Option<PathBuf>,
    /// The bcrypt cost: the logarithm to base 2 of the number of rounds.
    pub cost: u32,
    /// Maximum number of concurrent password hashes per process.
    pub max_concurrent: usize,
    /// Maximum number of queued password hashes.
    pub max_queued: usize,
}

impl PasswordSettings {
    /// The key, from `key` or `key_file`.
    pub fn key(&self) -> Result<SecretString, SettingsError> {
        values::secret("passwords", "key", self.key.as_ref(), self.key_file.as_deref())
    }
}

/// `[model]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ModelSettings {
    /// A model file created by `createtrend train`, read again within a minute after it changed.
    /// By default, and until the file exists, the model that ships with the project.
    pub file: Option<PathBuf>,
}
