//! Errors of the collector.

use crate::key_file::KeyFileError;
use common::{Error as DatabaseError, error::with_causes, settings::SettingsError};
use ingest::{import::ImportError, load::LoadError};
use youtube::{Action, Bucket};

/// A failure of the collector.
#[derive(Debug, thiserror::Error)]
pub enum CollectError {
    /// A setting is missing or invalid.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The file of the API key has no usable key.
    #[error("collector.key_file {0}")]
    KeyFile(#[from] KeyFileError),
    /// No key is configured.
    #[error("no API key: set collector.key_file")]
    NoKey,
    /// The client cannot be built.
    #[error(transparent)]
    Client(#[from] youtube::BuildError),
    /// A metric cannot be registered.
    #[error("cannot register the metrics: {0}")]
    Metrics(#[from] prometheus::Error),
    /// A request to YouTube failed.
    #[error(transparent)]
    YouTube(#[from] youtube::Error),
    /// A statement failed. `DatabaseError` displays no causes, because clients must not see them.
    #[error("{}", with_causes(.0))]
    Database(#[from] DatabaseError),
    /// The time of the simulator cannot be read.
    #[error("cannot read the time of the simulator: {0}")]
    Simulator(#[source] reqwest::Error),
    /// Observations could not be stored.
    #[error(transparent)]
    Write(#[from] ImportError),
}

impl CollectError {
    /// The recommended reaction to an error of YouTube.
    pub(crate) const fn action(&self) -> Option<Action> {
        match self {
            Self::YouTube(error) => Some(error.action()),
            _ => None,
        }
    }

    /// The bucket whose quota does not allow a request.
    pub(crate) const fn stopped_bucket(&self) -> Option<Bucket> {
        match self {
            Self::YouTube(error) => error.stopped_bucket(),
            _ => None,
        }
    }

    /// The value of a metric label.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::YouTube(error) => error.kind(),
            Self::Write(ImportError::MixedData { .. }) => "settings",
            Self::Database(_) | Self::Write(_) => "database",
            _ => "settings",
        }
    }
}

impl From<LoadError> for CollectError {
    fn from(error: LoadError) -> Self {
        Self::Write(error.into())
    }
}

impl From<diesel::result::Error> for CollectError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Database(error.into())
    }
}
