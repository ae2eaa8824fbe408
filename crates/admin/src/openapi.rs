//! One OpenAPI document out of the services' parts.

use std::{
    fs, io,
    path::{Path, PathBuf},
};
use utoipa::openapi::{InfoBuilder, License, OpenApi, OpenApiBuilder, Server};

/// Why there is no document.
#[derive(Debug, thiserror::Error)]
pub enum OpenapiError {
    /// A file cannot be read or written.
    #[error("{}: {error}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        error: io::Error,
    },
    /// A part is not an OpenAPI document.
    #[error("{}: {error}", path.display())]
    Part {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        error: serde_json::Error,
    },
    /// The document cannot be written as YAML or JSON.
    #[error("{0}")]
    Format(String),
}

/// Merges `parts` and writes `openapi.json` and `openapi.yaml` into `folder`.
pub fn merge(parts: &[PathBuf], folder: &Path) -> Result<(), OpenapiError> {
    let mut document = empty();
    for path in parts {
        let text = fs::read_to_string(path)
            .map_err(|error| OpenapiError::File { path: path.clone(), error })?;
        let part: OpenApi = serde_json::from_str(&text)
            .map_err(|error| OpenapiError::Part { path: path.clone(), error })?;
        document.merge(part);
    }
    let json =
        document.to_pretty_json().map_err(|error| OpenapiError::Format(error.to_string()))?;
    let yaml = document.to_yaml().map_err(|error| OpenapiError::Format(error.to_string()))?;
    write(&folder.join("openapi.json"), &(json + "\n"))?;
    write(&folder.join("openapi.yaml"), &yaml)
}

fn empty() -> OpenApi {
    let info = InfoBuilder::new()
        .title("CreateTrend")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "What to film next: popular keywords, what surrounds them, channels, videos and \
             predictions. (유튜브 크리에이터를 위한 트렌드 분석)",
        ))
        .license(Some(License::new("BSD-3-Clause")))
        .build();
    OpenApiBuilder::new().info(info).servers(Some([Server::new("/")])).build()
}

fn write(path: &Path, text: &str) -> Result<(), OpenapiError> {
    fs::write(path, text).map_err(|error| OpenapiError::File { path: path.to_owned(), error })
}
