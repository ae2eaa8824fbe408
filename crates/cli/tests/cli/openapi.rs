//! The merged OpenAPI document.

use cli::openapi;
use std::{
    fs,
    path::{Path, PathBuf},
};

const PART: &str = r#"{
    "openapi": "3.1.0",
    "info": { "title": "part", "version": "1" },
    "paths": { "/api/PATH/": { "get": { "responses": { "200": { "description": "ok" } } } } }
}"#;

const TRANSLATIONS: &str = r#"{
    "ok": "성공",
    "Trend analysis for YouTube creators: popular and related keywords, channels, videos and view predictions.": "분석"
}"#;

/// Writes parts with these contents as `0`, `1` and so on, and merges them.
fn merge(parts: &[&str], folder: &Path, translations: &str) -> Result<(), String> {
    let write = |(index, text): (usize, &&str)| -> PathBuf {
        let path = folder.join(index.to_string());
        fs::write(&path, text).unwrap();
        path
    };
    let parts: Vec<_> = parts.iter().enumerate().map(write).collect();
    let path = folder.join("ko.json");
    fs::write(&path, translations).unwrap();
    openapi::merge(&parts, &path, folder)
}

fn merge_error(parts: &[&str], translations: &str) -> String {
    merge(parts, tempfile::tempdir().unwrap().path(), translations).unwrap_err()
}

#[test]
fn merged_documents_contain_all_parts_and_translations() {
    let folder = tempfile::tempdir().unwrap();
    let [one, two] = ["one", "two"].map(|name| PART.replace("PATH", name));
    merge(&[&one, &two], folder.path(), TRANSLATIONS).unwrap();
    for file in ["openapi.json", "openapi.yaml"] {
        let document = fs::read_to_string(folder.path().join(file)).unwrap();
        for text in ["/api/one/", "/api/two/", "CreateTrend", "3.1", "ok (성공)"] {
            assert!(document.contains(text), "{file} has no {text}");
        }
    }
}

#[test]
fn invalid_part_is_reported_with_its_path() {
    let message = merge_error(&[PART, "not JSON"], TRANSLATIONS);
    assert!(message.contains("/1: "), "{message}");
}

#[test]
fn conflicting_schemas_are_rejected() {
    let schemas = r#"{ "components": { "schemas": { "List": { "type": "TYPE" } } }, "#;
    let part = |kind: &str| PART.replacen('{', &schemas.replace("TYPE", kind), 1);
    let message = merge_error(&[&part("string"), &part("string"), &part("number")], TRANSLATIONS);
    assert!(message.contains("/2: ") && message.contains("List"), "{message}");
}

#[test]
fn dangling_reference_is_rejected() {
    let reference = r##""description": "ok", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Missing" } } }"##;
    let part = PART.replace(r#""description": "ok""#, reference);
    let message = merge_error(&[&part], TRANSLATIONS);
    assert!(message.contains("Missing"), "{message}");
}

#[test]
fn missing_and_unused_translations_are_rejected() {
    let message = merge_error(&[PART], r#"{ "ok": "성공", "no": "아니요" }"#);
    assert!(message.contains(r#"unused translation: "no""#), "{message}");
    assert!(message.contains(r#"missing translation: "Trend analysis"#), "{message}");
    assert!(!message.contains(r#""ok""#), "{message}");
}
