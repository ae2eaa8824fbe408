//! Merges the services' OpenAPI documents into one.

use serde_json::Value;
use std::{
    fs, io,
    path::{Path, PathBuf},
};
use utoipa::openapi::{InfoBuilder, License, OpenApi, OpenApiBuilder, Server};

/// Why the documents cannot be merged.
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
    /// Two services define different schemas with the same name.
    #[error("{}: the schema `{name}` differs from one in an earlier part", path.display())]
    Ambiguous {
        /// The file.
        path: PathBuf,
        /// The schema.
        name: String,
    },
    /// A reference that no part defines.
    #[error("{0} is referred to and not defined")]
    Dangling(String),
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
        if let Some(name) = ambiguous(&document, &part) {
            return Err(OpenapiError::Ambiguous { path: path.clone(), name });
        }
        document.merge(part);
    }
    if let Some(reference) = dangling(&document) {
        return Err(OpenapiError::Dangling(reference));
    }
    let json =
        document.to_pretty_json().map_err(|error| OpenapiError::Format(error.to_string()))?;
    let yaml = document.to_yaml().map_err(|error| OpenapiError::Format(error.to_string()))?;
    write(&folder.join("openapi.json"), &(json + "\n"))?;
    write(&folder.join("openapi.yaml"), &yaml)
}

/// The name of a schema that both define differently.
fn ambiguous(document: &OpenApi, part: &OpenApi) -> Option<String> {
    let (known, new) = (document.components.as_ref()?, part.components.as_ref()?);
    let differs = |name: &&String| {
        known.schemas.get(*name).is_some_and(|schema| *schema != new.schemas[*name])
    };
    new.schemas.keys().find(differs).cloned()
}

/// A reference without a definition.
fn dangling(document: &OpenApi) -> Option<String> {
    let document = serde_json::to_value(document).ok()?;
    let leads = |reference: &&str| document.pointer(reference.trim_start_matches('#')).is_some();
    references(&document).into_iter().find(|reference| !leads(reference)).map(str::to_owned)
}

fn references(value: &Value) -> Vec<&str> {
    match value {
        Value::Object(fields) => {
            let here = fields.get("$ref").and_then(Value::as_str);
            here.into_iter().chain(fields.values().flat_map(references)).collect()
        }
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
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
