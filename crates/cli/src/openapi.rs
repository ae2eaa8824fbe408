//! Merges and translates the OpenAPI documents of the services.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};
use utoipa::openapi::{InfoBuilder, License, OpenApi, OpenApiBuilder, Server};

/// Merges `parts` and writes `openapi.json` and `openapi.yaml` to `folder`. Appends to each
/// description its Korean translation from the JSON file `translations`.
pub fn merge(parts: &[PathBuf], translations: &Path, folder: &Path) -> Result<(), String> {
    let mut document = empty();
    for path in parts {
        let part = read_document(path)?;
        if let Some(name) = ambiguous(&document, &part) {
            let path = path.display();
            return Err(format!("{path}: the schema `{name}` differs from one in an earlier part"));
        }
        document.merge(part);
    }
    let mut document = serde_json::to_value(&document).map_err(|error| error.to_string())?;
    let mut translations = Translations { korean: read(translations)?, ..Translations::default() };
    translations.complete(&mut document);
    translations.check()?;
    if let Some(reference) = dangling(&document) {
        return Err(format!("{reference} is referred to and not defined"));
    }
    let document = typed(document)?;
    let json = document.to_pretty_json().map_err(|error| error.to_string())? + "\n";
    let yaml = document.to_yaml().map_err(|error| error.to_string())?;
    for (name, text) in [("openapi.json", json), ("openapi.yaml", yaml)] {
        fs::write(folder.join(name), text).map_err(|error| format!("{name}: {error}"))?;
    }
    Ok(())
}

fn read_document(path: &Path) -> Result<OpenApi, String> {
    typed(read(path)?).map_err(|error| format!("{}: {error}", path.display()))
}

/// All parts are deserialized from a `Value`, because the deserialization of `OpenApi` is large and
/// would be compiled for each other input.
fn typed(document: Value) -> Result<OpenApi, String> {
    serde_json::from_value(document).map_err(|error| error.to_string())
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
}

/// The name of a schema that the two documents define differently.
fn ambiguous(document: &OpenApi, part: &OpenApi) -> Option<String> {
    let (known, new) = (document.components.as_ref()?, part.components.as_ref()?);
    let differs = |name: &&String| {
        known.schemas.get(*name).is_some_and(|schema| *schema != new.schemas[*name])
    };
    new.schemas.keys().find(differs).cloned()
}

#[derive(Default)]
struct Translations {
    /// Korean texts by their English text.
    korean: BTreeMap<String, String>,
    used: BTreeSet<String>,
    missing: BTreeSet<String>,
}

impl Translations {
    /// Translates each description, and adds examples to properties without one.
    fn complete(&mut self, value: &mut Value) {
        let Value::Object(fields) = value else {
            value.as_array_mut().into_iter().flatten().for_each(|item| self.complete(item));
            return;
        };
        let properties = fields.get_mut("properties").and_then(Value::as_object_mut);
        for (name, property) in properties.into_iter().flatten() {
            let has = |key| property.get(key).is_some();
            let is_complete = ["$ref", "example", "examples"].into_iter().any(has);
            if let Some(example) = example(name).filter(|_| !is_complete) {
                property["example"] = example;
            }
        }
        for (key, field) in fields {
            match (key.as_str(), field) {
                ("example" | "examples", _) => {}
                ("description", Value::String(text)) => self.translate(text),
                (_, field) => self.complete(field),
            }
        }
    }

    /// A translation replaces Korean in parentheses at the end of the text.
    fn translate(&mut self, text: &mut String) {
        let is_korean = |text: &str| text.contains(|letter| ('가'..='힣').contains(&letter));
        let (english, has_korean) = match text.rsplit_once('(') {
            Some((english, rest)) if is_korean(rest) => (english.trim_end(), true),
            _ => (text.as_str(), false),
        };
        let english = english.to_owned();
        if let Some(korean) = self.korean.get(&english) {
            *text = format!("{english} ({korean})");
            self.used.insert(english);
        } else if !has_korean {
            self.missing.insert(english);
        }
    }

    fn check(&self) -> Result<(), String> {
        let missing = self.missing.iter().map(|text| format!("missing translation: {text:?}"));
        let unused = self.korean.keys().filter(|text| !self.used.contains(*text));
        let unused = unused.map(|text| format!("unused translation: {text:?}"));
        let problems: Vec<String> = missing.chain(unused).collect();
        if problems.is_empty() { Ok(()) } else { Err(problems.join("\n")) }
    }
}

/// The example of properties that many schemas have.
fn example(name: &str) -> Option<Value> {
    Some(match name {
        "thumbnail_url" | "video_thumbnail_url" => {
            json!("https://i.ytimg.com/vi/uq5LClQN3cE/hqdefault.jpg")
        }
        "channel_thumbnail_url" => json!("https://yt3.ggpht.com/ytc/example=s240"),
        "channel_description" => json!("매일 저녁 먹는 이야기"),
        "video_description" => json!("오늘은 라면을 끓였습니다."),
        "channel_start_date" => json!("2019-03-02"),
        "date" => json!("2026-11-21"),
        "status" | "processed" | "thumbnail_processed" => json!(true),
        _ => return None,
    })
}

/// A reference without a definition.
fn dangling(document: &Value) -> Option<&str> {
    let is_defined =
        |reference: &&str| document.pointer(reference.trim_start_matches('#')).is_some();
    references(document).into_iter().find(|reference| !is_defined(reference))
}

fn references(value: &Value) -> Vec<&str> {
    match value {
        Value::Object(fields) => {
            let reference = fields.get("$ref").and_then(Value::as_str);
            reference.into_iter().chain(fields.values().flat_map(references)).collect()
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
            "Trend analysis for YouTube creators: popular and related keywords, channels, videos \
             and view predictions.",
        ))
        .license(Some(License::new("BSD-3-Clause")))
        .build();
    OpenApiBuilder::new().info(info).servers(Some([Server::new("/")])).build()
}
