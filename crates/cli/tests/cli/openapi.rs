//! The merged OpenAPI document.

use cli::openapi::merge;
use std::fs;

const PART: &str = r#"{
    "openapi": "3.1.0",
    "info": { "title": "part", "version": "1" },
    "paths": { "/api/PATH/": { "get": { "responses": { "200": { "description": "ok" } } } } }
}"#;

#[test]
fn merged_documents_contain_all_parts() {
    let folder = tempfile::tempdir().unwrap();
    let parts = ["one", "two"].map(|name| {
        let path = folder.path().join(name);
        fs::write(&path, PART.replace("PATH", name)).unwrap();
        path
    });
    merge(&parts, folder.path()).unwrap();
    for file in ["openapi.json", "openapi.yaml"] {
        let document = fs::read_to_string(folder.path().join(file)).unwrap();
        for text in ["/api/one/", "/api/two/", "CreateTrend", "3.1"] {
            assert!(document.contains(text), "{file} has no {text}");
        }
    }
}

#[test]
fn invalid_part_is_reported_with_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("part.json");
    fs::write(&path, "not JSON").unwrap();
    let refused = merge(&[path], folder.path()).unwrap_err().to_string();
    assert!(refused.contains("part.json"), "{refused}");
}

#[test]
fn conflicting_schemas_are_rejected() {
    let folder = tempfile::tempdir().unwrap();
    let schemas = r#"{ "components": { "schemas": { "List": { "type": "TYPE" } } }, "#;
    let part = |name: &str, kind: &str| {
        let path = folder.path().join(name);
        let text = PART.replacen('{', &schemas.replace("TYPE", kind), 1).replace("PATH", name);
        fs::write(&path, text).unwrap();
        path
    };
    let same = [part("one", "string"), part("two", "string")];
    merge(&same, folder.path()).unwrap();
    let refused = merge(&[part("one", "string"), part("two", "number")], folder.path());
    let message = refused.unwrap_err().to_string();
    assert!(message.contains("two") && message.contains("List"), "{message}");
}

#[test]
fn dangling_reference_is_rejected() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("part");
    let reference = r##""description": "ok", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Missing" } } }"##;
    fs::write(&path, PART.replace(r#""description": "ok""#, reference)).unwrap();
    let message = merge(&[path], folder.path()).unwrap_err().to_string();
    assert!(message.contains("Missing"), "{message}");
}
